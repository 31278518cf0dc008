from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "onestory.platform.people"
    label = "people"

    def ready(self) -> None:
        """Say how our tables are guarded."""
        from onestory.platform.access.visibility import register
        from onestory.platform.people import guards, models

        register(models.AgencyRecord, guards.RECORD)
        register(models.Relationship, guards.RELATIONSHIP)
        register(models.HouseholdMember, guards.HOUSEHOLD_MEMBER)
