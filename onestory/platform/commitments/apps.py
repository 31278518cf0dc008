from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "onestory.platform.commitments"
    label = "commitments"
