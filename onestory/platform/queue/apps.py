from django.apps import AppConfig


class QueueConfig(AppConfig):
    name = "onestory.platform.queue"
    label = "queue"
