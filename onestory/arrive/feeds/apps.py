from django.apps import AppConfig


class FeedsConfig(AppConfig):
    name = "onestory.arrive.feeds"
    label = "feeds"
