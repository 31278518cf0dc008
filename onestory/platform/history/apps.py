from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "onestory.platform.history"
    label = "history"

    def ready(self) -> None:
        """Say how our tables are guarded."""
        from onestory.platform.access.policy import InfoClass
        from onestory.platform.access.visibility import register
        from onestory.platform.history import guards, models

        register(models.Entry, guards.ENTRY)
        register(models.EntryPerson, guards.PERSON)
        register(models.EntryTold, guards.TOLD)
        register(models.EntryText, guards.TEXT)
        register(models.EntryLocationHeld, guards.LOCATION_HELD)
        register(models.EntrySourceDetail, guards.PARTS[InfoClass.SOURCE_DETAIL])
        register(models.EntryCareHistory, guards.PARTS[InfoClass.CARE_HISTORY])
        register(models.EntryLocation, guards.PARTS[InfoClass.LOCATION])
        register(models.EntryLegalAdvice, guards.PARTS[InfoClass.LEGAL])
        register(models.EntryReporter, guards.PARTS[InfoClass.REPORTER])
