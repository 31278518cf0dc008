from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "onestory.platform.demonstration"
    label = "demonstration"

    def ready(self) -> None:
        from django.core.checks import register

        from onestory.platform.demonstration.checks import check_demonstration

        register(check_demonstration)
