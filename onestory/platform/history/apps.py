from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "onestory.platform.history"
    label = "history"
