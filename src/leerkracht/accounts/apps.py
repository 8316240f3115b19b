from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "leerkracht.accounts"
    label = "accounts"
