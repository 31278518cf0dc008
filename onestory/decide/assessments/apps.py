from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "onestory.decide.assessments"
    label = "assessments"

    def ready(self) -> None:
        from onestory.decide.assessments.guards import ASSESSMENT
        from onestory.decide.assessments.models import Assessment
        from onestory.platform.access.visibility import register

        register(Assessment, ASSESSMENT)
