from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "onestory.platform.access"
    label = "access"
