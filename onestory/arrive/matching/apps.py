from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "onestory.arrive.matching"
    label = "matching"

    def ready(self) -> None:
        """Say how our tables are guarded, and be told of every record that an agency adds."""
        from onestory.arrive.matching import guards, indexing, models
        from onestory.platform.access.visibility import register
        from onestory.platform.people.listeners import when_records_are_added

        register(models.RecordInSearch, guards.IN_SEARCH)
        register(models.FormerName, guards.FORMER_NAMES)
        register(models.RecordContact, guards.CONTACTS)
        register(models.Candidate, guards.CANDIDATES)
        register(models.CandidateDecision, guards.DECISIONS)
        register(models.Join, guards.JOINS)
        when_records_are_added(indexing.take_in)
