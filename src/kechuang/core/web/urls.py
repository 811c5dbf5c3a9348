"""Addresses of the house's own pages."""

from django.urls import path

from kechuang.core.web import (
    account,
    centre,
    desk,
    gallery,
    history,
    organisation_import,
    organisation_tree,
    organisations,
    people,
    preferences,
    search_page,
)
from kechuang.core.web.listing import views

app_name = "core"
urlpatterns = [
    path("theme/", preferences.set_theme, name="theme"),
    path("views/save/", views.save, name="save_view"),
    path("views/<int:pk>/delete/", views.delete, name="delete_view"),
    path("search/", search_page.search_page, name="search"),
    path("notices/", account.notices_page, name="notices"),
    path("notices/read/", account.read_notices, name="read_notices"),
    path("account/", account.account, name="account"),
    path("account/tokens/add/", account.NewToken.as_view(), name="token_add"),
    path("account/tokens/<int:pk>/revoke/", account.revoke_token, name="token_revoke"),
    path("account/preferences/", account.Preferences.as_view(), name="preferences"),
    path("account/deputies/add/", account.NameDeputy.as_view(), name="deputy_add"),
    path("account/deputies/<int:pk>/end/", account.EndDeputy.as_view(), name="deputy_end"),
    path("users/", people.Accounts.as_view(), name="users"),
    path("users/add/", people.EditAccount.as_view(), name="user_add"),
    path("users/<int:pk>/", people.user, name="user"),
    path("users/<int:pk>/edit/", people.EditAccount.as_view(), name="user_edit"),
    path("users/<int:pk>/erase/", people.ErasePerson.as_view(), name="user_erase"),
    path("users/<int:pk>/roles/add/", people.GrantRole.as_view(), name="role_grant"),
    path(
        "users/<int:pk>/roles/<int:membership>/withdraw/", people.WithdrawRole.as_view(), name="role_withdraw"
    ),
    path("centre/", centre.EditCentre.as_view(), name="centre"),
    path("audit/", history.Audit.as_view(), name="audit"),
    path("audit/<int:pk>/", history.event, name="event"),
    path("seals/", history.Seals.as_view(), name="seals"),
    path("organisations/", organisations.Organisations.as_view(), name="organisations"),
    path("organisations/tree/", organisation_tree.tree, name="organisation_tree"),
    path("organisations/import/", organisation_import.ImportRor.as_view(), name="organisations_import"),
    path("organisations/add/", organisations.EditOrganisation.as_view(), name="organisation_add"),
    path("organisations/<int:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<int:pk>/edit/", organisations.EditOrganisation.as_view(), name="organisation_edit"),
    path("organisations/<int:pk>/names/add/", organisations.AddName.as_view(), name="name_add"),
    path(
        "organisations/<int:pk>/names/<int:name>/remove/",
        organisations.RemoveName.as_view(),
        name="name_remove",
    ),
    path("requests/", desk.Requests.as_view(), name="requests"),
    path("requests/add/", desk.SendRequest.as_view(), name="request_add"),
    path("requests/<int:pk>/", desk.request_record, name="request"),
    path("requests/<int:pk>/hand-over/", desk.HandOver.as_view(), name="request_hand_over"),
    path("requests/<int:pk>/return/", desk.GiveBack.as_view(), name="request_return"),
    path("requests/<int:pk>/answer/", desk.Answer.as_view(), name="request_answer"),
    path("requests/<int:pk>/rate/", desk.Rate.as_view(), name="request_rate"),
    path("_parts/list/", gallery.SampleList.as_view(), name="parts_list"),
    path("_parts/record/", gallery.sample_record, name="parts_record"),
    path("_parts/form/", gallery.SampleForm.as_view(), name="parts_form"),
    path("_parts/act/", gallery.SampleAct.as_view(), name="parts_act"),
    path("_parts/progress/", gallery.sample_progress, name="parts_progress"),
    path("_parts/", gallery.gallery, name="parts"),
]
