"""Addresses of the shell's own pages."""

from django.urls import path

from kechuang.core.web import gallery, preferences

app_name = "core"
urlpatterns = [
    path("theme/", preferences.set_theme, name="theme"),
    path("_parts/", gallery.gallery, name="parts"),
]
