from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "onestory.platform.commitments"
    label = "commitments"

    def ready(self) -> None:
        from onestory.platform.commitments.actions import project_commitments
        from onestory.platform.history.projections import register_projection

        register_projection(project_commitments)
