from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "kechuang.site"
    label = "site"
