"""Accounts and their roles, for administrators."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kechuang.core import actions
from kechuang.core.events import events_of
from kechuang.core.models import Organisation, Role, Secrecy, User
from kechuang.core.roles import roles_of
from kechuang.core.web.acts import ActPage
from kechuang.core.web.forms import DateInput, FormPage
from kechuang.core.web.history import moments
from kechuang.core.web.listing import Column, Facet, ListPage, named
from kechuang.core.web.record import Act, Record
from kechuang.core.web.times import to_the_minute

PERSON = ["name_zh", "name_en", "orcid", "public_office"]


class OnlyAdministrators:
    def dispatch(self, request, *args, **kwargs):
        if Role.ADMIN not in roles_of(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class Accounts(OnlyAdministrators, ListPage):
    key = "core-accounts"
    title = gettext_lazy("Accounts")
    columns = [
        Column("username", gettext_lazy("Account"), sort=True),
        named("name", gettext_lazy("Name"), "person__name", sort=True),
        Column("email", gettext_lazy("Mail"), sort=True),
        Column("clearance", gettext_lazy("Clearance"), choices=dict(Secrecy.choices), sort=True),
        Column(
            "is_active",
            gettext_lazy("Active"),
            choices={True: gettext_lazy("Yes"), False: gettext_lazy("No")},
        ),
        Column("last_login", gettext_lazy("Last sign-in"), format="time", sort=True),
    ]
    facets = [
        Facet("role", gettext_lazy("Role"), field="memberships__role", choices=dict(Role.choices)),
        Facet("clearance", gettext_lazy("Clearance"), choices=dict(Secrecy.choices)),
    ]
    search_fields = ["username", "email", "person__name_zh", "person__name_en"]
    default_sort = "username"

    def queryset(self):
        return User.objects.all()

    def row_url(self, row):
        return reverse("core:user", args=[row["pk"]])

    def acts(self):
        return [Act(_("Add an account"), reverse("core:user_add"), verb="core.save_account", primary=True)]


def user(request, pk: int):
    """One account: roles by organisation and period."""
    if Role.ADMIN not in roles_of(request.user):
        raise PermissionDenied
    row = get_object_or_404(User.objects.select_related("person"), pk=pk)
    record = Record(
        title=str(row),
        kind=_("Account"),
        acts=[
            Act(
                _("Give a role"), reverse("core:role_grant", args=[pk]), verb="core.grant_role", primary=True
            ),
            Act(_("Edit"), reverse("core:user_edit", args=[pk]), verb="core.save_account"),
            Act(
                _("Erase the person"),
                reverse("core:user_erase", args=[pk]),
                verb="core.erase_person",
                obj=row,
                danger=True,
            ),
        ],
        facts=[
            (_("Account"), row.username),
            ("ORCID", row.person.orcid if row.person else ""),
            (_("Public office"), row.person.public_office if row.person else ""),
            (_("Mail"), row.email),
            (_("Clearance"), row.get_clearance_display()),
            (_("Active"), _("Yes") if row.is_active else _("No")),
            (_("Last sign-in"), to_the_minute(row.last_login)),
        ],
        events=moments(events_of(row)),
        breadcrumb=[(_("Accounts"), reverse("core:users")), (str(row), "")],
    )
    memberships = row.memberships.select_related("organisation")
    return render(request, "core/user.html", {"record": record, "memberships": memberships})


class AccountForm(forms.ModelForm):
    name_zh = forms.CharField(label=gettext_lazy("Chinese name"), required=False, max_length=60)
    name_en = forms.CharField(label=gettext_lazy("English name"), required=False, max_length=120)
    orcid = forms.CharField(label="ORCID", required=False, max_length=40)
    public_office = forms.CharField(label=gettext_lazy("Public office"), required=False, max_length=200)
    password = forms.CharField(
        label=gettext_lazy("New password"),
        required=False,
        widget=forms.PasswordInput,
        help_text=gettext_lazy(
            "Empty: as it is; a new account then signs in by single sign-on or asks for a password by mail."
        ),
    )

    class Meta:
        model = User
        fields = ["username", "email", "clearance", "is_active"]

    field_order = ["username", *PERSON, "email"]


class EditAccount(OnlyAdministrators, FormPage):
    submit = gettext_lazy("Save the account")
    form_class = AccountForm

    @cached_property
    def row(self) -> User:
        return get_object_or_404(User, pk=self.kwargs["pk"]) if "pk" in self.kwargs else User()

    @property
    def title(self) -> str:
        return _("Edit the account") if "pk" in self.kwargs else _("Add an account")

    @property
    def cancel_url(self) -> str:
        return reverse("core:user", args=[self.row.pk]) if self.row.pk else reverse("core:users")

    def get_form_kwargs(self):
        person = self.row.person
        known = {name: getattr(person, name) for name in PERSON} if person else {}
        return {**super().get_form_kwargs(), "instance": self.row, "initial": known}

    def perform(self, form) -> str:
        given = form.cleaned_data
        person = {name: given[name] for name in PERSON}
        actions.save_account(self.request.user, form.instance, password=given["password"], person=person)
        return _("The account is saved.")

    def get_success_url(self):
        return reverse("core:user", args=[self.row.pk])


class GrantForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.all(), label=gettext_lazy("Organisation"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)
    valid_from = forms.DateField(label=gettext_lazy("From"), required=False, widget=DateInput)
    valid_to = forms.DateField(label=gettext_lazy("To"), required=False, widget=DateInput)


class _AccountAct(ActPage):
    def target(self):
        return get_object_or_404(User, pk=self.kwargs["pk"])

    def done_url(self):
        return reverse("core:user", args=[self.object.pk])


class GrantRole(_AccountAct):
    verb = "core.grant_role"
    title = button = gettext_lazy("Give a role")
    undo = gettext_lazy("The role can be withdrawn at any time.")
    form_class = GrantForm

    def what(self):
        return [_("The person may then do what the role allows, in this organisation and below it.")]

    def perform(self, form) -> str:
        actions.grant_role(self.request.user, self.object, **form.cleaned_data)
        return _("The role is given.")


class WithdrawRole(_AccountAct):
    verb = "core.withdraw_role"
    title = button = gettext_lazy("Withdraw the role")
    undo = gettext_lazy("The role can be given again.")
    danger = True

    def what(self):
        row = self._membership()
        return [f"{row.get_role_display()} · {row.organisation}"]

    def _membership(self):
        return get_object_or_404(
            self.object.memberships.select_related("organisation"), pk=self.kwargs["membership"]
        )

    def perform(self, form) -> str:
        row = self._membership()
        actions.withdraw_role(self.request.user, self.object, row.organisation, row.role)
        return _("The role is withdrawn.")


class ErasePerson(_AccountAct):
    verb = "core.erase_person"
    title = button = gettext_lazy("Erase the person")
    danger = True

    def what(self):
        return [
            _("Name, mail address, ORCID, roles, keys, notices and sign-in are erased for good."),
            _("What the person did stays on record, under the number of the account."),
            _("Texts that name the person are not changed."),
        ]

    def perform(self, form) -> str:
        actions.erase_person(self.request.user, self.object)
        return _("The person is erased.")
