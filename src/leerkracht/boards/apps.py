from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "leerkracht.boards"
    label = "boards"

    def ready(self) -> None:
        from leerkracht.accounts.queries.acts import register_acts  # reason: models are there from here on

        from . import signals, tasks  # noqa: F401  # reason: models are there from here on
        from .queries.acts import ACTS

        register_acts(ACTS)
