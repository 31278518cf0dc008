from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "onestory.arrive.chronology"
    label = "chronology"
