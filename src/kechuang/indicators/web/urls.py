"""Addresses of indicators."""

from django.urls import path

from kechuang.indicators.web import definitions, downloads, metric, tree, why

app_name = "indicators"
urlpatterns = [
    path("", tree.page, name="tree"),
    path("recompute/", definitions.Recompute.as_view(), name="recompute"),
    path("m/<slug:code>/", metric.page, name="metric"),
    path("m/<slug:code>/why/", why.page, name="why"),
    path("m/<slug:code>/redefine/", definitions.redefine, name="redefine"),
    path("m/<slug:code>/versions/<int:version>/", definitions.bridge, name="bridge"),
    path("m/<slug:code>/target/", definitions.SetTarget.as_view(), name="set_target"),
    path("m/<slug:code>/publish/", definitions.Publish.as_view(), name="publish"),
    path("m/<slug:code>/data/<slug:form>/", downloads.download, name="download"),
]
