from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "onestory.arrive.concerns"
    label = "concerns"
