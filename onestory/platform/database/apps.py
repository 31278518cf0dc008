from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "onestory.platform.database"
    label = "database"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from onestory.platform.database.guard import refuse_powerful_role

        connection_created.connect(refuse_powerful_role, dispatch_uid="refuse_powerful_role")
