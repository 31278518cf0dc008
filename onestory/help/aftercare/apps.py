from django.apps import AppConfig


class AfterCareConfig(AppConfig):
    name = "onestory.help.aftercare"
    label = "aftercare"
