from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "leerkracht.boards"
    label = "boards"

    def ready(self) -> None:
        # reason: models are there from here on
        from leerkracht.accounts.queries.acts import register_acts
        from leerkracht.core.registry.people import leave_alone, register_mover
        from leerkracht.core.registry.privacy import register_keeper
        from leerkracht.core.registry.streams import register_stream

        from . import signals, tasks  # noqa: F401
        from .queries.acts import ACTS
        from .services.keeping import KEEPER
        from .services.log import STREAM
        from .services.merging import LEFT_ALONE, MOVER

        register_acts(ACTS)
        register_stream(STREAM)
        register_mover("boards", MOVER)
        register_keeper("boards", KEEPER)
        leave_alone(LEFT_ALONE)
