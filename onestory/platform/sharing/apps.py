from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "onestory.platform.sharing"
    label = "sharing"

    def ready(self) -> None:
        """Decisions to tell or not to tell are guarded as their entries are."""
        from onestory.platform.access.visibility import register
        from onestory.platform.sharing.guards import DISCLOSURE, HANDING
        from onestory.platform.sharing.models import Disclosure, Handing

        register(Disclosure, DISCLOSURE)
        register(Handing, HANDING)
