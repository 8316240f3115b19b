from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "leerkracht.accounts"
    label = "accounts"

    def ready(self) -> None:
        from . import signals  # noqa: F401  # reason: receivers connect when the models are there
