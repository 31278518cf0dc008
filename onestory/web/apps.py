from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "onestory.web"
    label = "web"
