from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "onestory.oversee.supervision"
    label = "supervision"

    def ready(self) -> None:
        from onestory.oversee.supervision.guards import ALLOCATION, SUPERVISION
        from onestory.oversee.supervision.models import Allocation, Supervision
        from onestory.platform.access.visibility import register

        register(Allocation, ALLOCATION)
        register(Supervision, SUPERVISION)
