from django.apps import AppConfig


class ClosureConfig(AppConfig):
    name = "onestory.help.closure"
    label = "closure"

    def ready(self) -> None:
        """Say how our tables are guarded."""
        from onestory.help.closure import guards
        from onestory.help.closure.models import Closure, ClosureAnswer, Override
        from onestory.platform.access.visibility import register

        register(Closure, guards.CLOSURE)
        register(ClosureAnswer, guards.ANSWERED)
        register(Override, guards.OVERRIDDEN)
