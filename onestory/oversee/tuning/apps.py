from django.apps import AppConfig


class TuningConfig(AppConfig):
    name = "onestory.oversee.tuning"
    label = "tuning"

    def ready(self) -> None:
        """Tell the signals which rules are in force on a day."""
        from onestory.oversee.signals import in_force
        from onestory.oversee.tuning.queries import rules_in_force

        in_force.ask(rules_in_force)
