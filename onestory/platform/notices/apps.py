from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "onestory.platform.notices"
    label = "notices"
