from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "onestory.platform.agencies"
    label = "agencies"
