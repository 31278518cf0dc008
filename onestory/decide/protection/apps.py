from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "onestory.decide.protection"
    label = "protection"
