"""Addresses of the shell's own pages."""

from django.urls import path

from kechuang.core.web import gallery, preferences
from kechuang.core.web.listing import views

app_name = "core"
urlpatterns = [
    path("theme/", preferences.set_theme, name="theme"),
    path("views/save/", views.save, name="save_view"),
    path("_parts/list/", gallery.SampleList.as_view(), name="parts_list"),
    path("_parts/record/", gallery.sample_record, name="parts_record"),
    path("_parts/form/", gallery.SampleForm.as_view(), name="parts_form"),
    path("_parts/act/", gallery.SampleAct.as_view(), name="parts_act"),
    path("_parts/", gallery.gallery, name="parts"),
]
