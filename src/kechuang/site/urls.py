from django.urls import include, path

from kechuang.site.api import api

urlpatterns = [
    path("api/", api.urls),
    path("accounts/", include("allauth.urls")),
    path("plan/", include("kechuang.plan.web.urls")),
    path("indicators/", include("kechuang.indicators.web.urls")),
    path("facilities/", include("kechuang.facilities.web.urls")),
    path("", include("kechuang.site.web.urls")),
    path("", include("kechuang.core.web.urls")),
]
