from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "onestory.platform.people"
    label = "people"
