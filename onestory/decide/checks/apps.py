from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "onestory.decide.checks"
    label = "checks"

    def ready(self) -> None:
        from onestory.decide.checks.guards import CHECK
        from onestory.decide.checks.models import Check
        from onestory.platform.access.visibility import register

        register(Check, CHECK)
