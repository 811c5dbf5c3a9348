"""Addresses of indicators."""

from django.urls import path

from kechuang.indicators.web import (
    definitions,
    downloads,
    external,
    indices,
    metric,
    recipes,
    return_forms,
    returns,
    tree,
    why,
)

app_name = "indicators"
urlpatterns = [
    path("", tree.page, name="tree"),
    path("targets/", tree.targets, name="targets"),
    path("recompute/", definitions.Recompute.as_view(), name="recompute"),
    path("m/<slug:code>/", metric.page, name="metric"),
    path("m/<slug:code>/why/", why.page, name="why"),
    path("m/<slug:code>/redefine/", definitions.redefine, name="redefine"),
    path("m/<slug:code>/versions/<int:version>/", definitions.bridge, name="bridge"),
    path("m/<slug:code>/target/", definitions.SetTarget.as_view(), name="set_target"),
    path("m/<slug:code>/publish/", definitions.Publish.as_view(), name="publish"),
    path("m/<slug:code>/data/<slug:form>/", downloads.download, name="download"),
    path("returns/", returns.Returns.as_view(), name="returns"),
    path("returns/approve/", returns.ApproveMany.as_view(), name="returns_approve"),
    path("returns/<int:pk>/", returns.page, name="return"),
    path("returns/<int:pk>/approve/", returns.Approve.as_view(), name="return_approve"),
    path("returns/<int:pk>/back/", returns.SendBack.as_view(), name="return_back"),
    path("returns/<int:pk>/replace/", returns.Replace.as_view(), name="return_replace"),
    path("forms/", return_forms.forms_page, name="forms"),
    path("forms/add/", return_forms.EditForm.as_view(), name="form_new"),
    path("forms/<slug:code>/", return_forms.form_page, name="form"),
    path("forms/<slug:code>/edit/", return_forms.EditForm.as_view(), name="form_edit"),
    path("forms/<slug:code>/import/", returns.ImportReturns.as_view(), name="returns_import"),
    path("indices/", indices.home, name="indices"),
    path("indices/add/", recipes.NewIndex.as_view(), name="index_new"),
    path("indices/<slug:code>/", indices.page, name="index"),
    path("indices/<slug:code>/recipe/", recipes.editor, name="recipe"),
    path("indices/<slug:code>/run/", recipes.RunRecipe.as_view(), name="recipe_run"),
    path("indices/<slug:code>/delete/", recipes.DeleteRecipe.as_view(), name="recipe_delete"),
    path("indices/<slug:code>/compare/", indices.compare, name="compare"),
    path("indices/<slug:code>/xlsx/", indices.xlsx, name="index_xlsx"),
    path("indices/<slug:code>/stages/<slug:name>/", indices.stage, name="stage"),
    path("indices/<slug:code>/units/<str:unit>/", indices.city, name="city"),
    path("external/", external.ExternalValues.as_view(), name="external"),
    path("external/import/", external.ImportExternal.as_view(), name="external_import"),
]
