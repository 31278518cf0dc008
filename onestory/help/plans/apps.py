from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "onestory.help.plans"
    label = "plans"

    def ready(self) -> None:
        """Say how the rows are guarded, and that actions follow from their entries."""
        from onestory.help.plans.following import follow_actions
        from onestory.help.plans.guards import PLAN
        from onestory.help.plans.models import Plan
        from onestory.platform.access.visibility import register
        from onestory.platform.history.projections import register_projection

        register(Plan, PLAN)
        register_projection(follow_actions)
