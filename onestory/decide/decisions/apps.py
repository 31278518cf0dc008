from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "onestory.decide.decisions"
    label = "decisions"

    def ready(self) -> None:
        """Say how the rows are guarded."""
        from onestory.decide.decisions.guards import DECISION
        from onestory.decide.decisions.models import Decision
        from onestory.platform.access.visibility import register

        register(Decision, DECISION)
