from django.apps import AppConfig


class UrgentCareConfig(AppConfig):
    name = "onestory.arrive.urgent_care"
    label = "urgent_care"

    def ready(self) -> None:
        from onestory.arrive.urgent_care.queueing import queue_telling
        from onestory.platform.history.projections import register_projection

        register_projection(queue_telling)
