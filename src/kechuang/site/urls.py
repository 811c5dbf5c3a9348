from django.urls import include, path

from kechuang.site.api import api

urlpatterns = [
    path("api/", api.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("allauth.urls")),
    path("plan/", include("kechuang.plan.web.urls")),
    path("indicators/", include("kechuang.indicators.web.urls")),
    path("facilities/", include("kechuang.facilities.web.urls")),
    path("", include("kechuang.site.web.urls")),
    path("", include("kechuang.core.web.urls")),
]

handler400 = "kechuang.core.web.errors.bad_request"
handler403 = "kechuang.core.web.errors.permission_denied"
handler404 = "kechuang.core.web.errors.not_found"
handler500 = "kechuang.core.web.errors.server_error"
