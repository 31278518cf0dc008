from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "onestory.arrive.concerns"
    label = "concerns"

    def ready(self) -> None:
        from onestory.arrive.entries.taking_up import queue_concerns
        from onestory.platform.history.projections import register_projection

        register_projection(queue_concerns)
