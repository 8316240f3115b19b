from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "leerkracht.boards"
    label = "boards"

    def ready(self) -> None:
        from . import signals, tasks  # noqa: F401  # reason: models are there from here on
