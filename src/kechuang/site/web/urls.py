from django.urls import path

from kechuang.site.web import cockpit

app_name = "site"
urlpatterns = [
    path("", cockpit.home, name="home"),
    path("wall/", cockpit.wall, name="wall"),
]
