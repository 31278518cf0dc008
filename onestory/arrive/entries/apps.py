from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "onestory.arrive.entries"
    label = "entries"
