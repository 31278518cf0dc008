from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "onestory.help.housing"
    label = "housing"

    def ready(self) -> None:
        from onestory.help.housing.guards import HOME
        from onestory.help.housing.models import Home
        from onestory.platform.access.visibility import register

        register(Home, HOME)
