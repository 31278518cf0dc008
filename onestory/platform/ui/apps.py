from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "onestory.platform.ui"
    label = "ui"
