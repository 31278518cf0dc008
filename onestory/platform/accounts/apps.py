from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "onestory.platform.accounts"
    label = "accounts"
