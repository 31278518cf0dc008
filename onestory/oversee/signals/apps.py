from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "onestory.oversee.signals"
    label = "signals"
