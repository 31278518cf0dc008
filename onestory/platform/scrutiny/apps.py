from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    name = "onestory.platform.scrutiny"
    label = "scrutiny"
