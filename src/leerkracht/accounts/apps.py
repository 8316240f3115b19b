from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "leerkracht.accounts"
    label = "accounts"

    def ready(self) -> None:
        # reason: receivers connect when the models are there
        from leerkracht.core.registry.people import leave_alone, register_mover
        from leerkracht.core.registry.privacy import register_keeper
        from leerkracht.core.registry.retention import register_rules
        from leerkracht.core.registry.streams import register_stream

        from . import signals  # noqa: F401
        from .services.audit import STREAM
        from .services.keeping import KEEPER
        from .services.merging import LEFT_ALONE, MOVER
        from .services.retention import RULES

        register_stream(STREAM)
        register_mover("accounts", MOVER)
        register_keeper("accounts", KEEPER)
        register_rules(*RULES)
        leave_alone(LEFT_ALONE)
