from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "onestory.help.meetings"
    label = "meetings"
