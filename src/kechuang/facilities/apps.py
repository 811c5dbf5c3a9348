from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "kechuang.facilities"
    label = "facilities"
