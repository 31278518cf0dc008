from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "onestory.platform.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Follow every entry, and say how our tables are guarded."""
        from onestory.platform.access.visibility import register
        from onestory.platform.commitments import guards, models
        from onestory.platform.commitments.actions import project_commitments
        from onestory.platform.history.projections import register_projection

        register_projection(project_commitments)
        register(models.Commitment, guards.COMMITMENT)
        register(models.CommitmentPerson, guards.PERSON)
