from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "onestory.help.services"
    label = "services"

    def ready(self) -> None:
        from onestory.help.services.guards import GAP, REQUEST
        from onestory.help.services.models import Gap, ServiceRequest
        from onestory.platform.access.visibility import register

        register(ServiceRequest, REQUEST)
        register(Gap, GAP)
