from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "onestory.platform.sharing"
    label = "sharing"
