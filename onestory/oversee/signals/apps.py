from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "onestory.oversee.signals"
    label = "signals"

    def ready(self) -> None:
        """Say how our tables are guarded."""
        from onestory.oversee.signals import guards, models
        from onestory.platform.access.visibility import register

        register(models.Alert, guards.ALERT)
        register(models.AlertChild, guards.CHILD)
        register(models.Asking, guards.ASKING)
        register(models.AskingReason, guards.REASON)
        register(models.AskingEntry, guards.CITED)
        register(models.Answer, guards.ANSWER)
