from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "leerkracht.organisations"
    label = "organisations"

    def ready(self) -> None:
        # reason: models are there from here on
        from django.utils import timezone

        from leerkracht.accounts.queries.acts import register_acts
        from leerkracht.accounts.queries.federation import register_works_at
        from leerkracht.accounts.queries.second_factor import register_requirement
        from leerkracht.core.registry.people import leave_alone, register_mover
        from leerkracht.core.registry.privacy import register_keeper
        from leerkracht.core.registry.retention import register_rules

        from . import signals  # noqa: F401
        from .queries.acts import ACTS
        from .queries.codes import works_at
        from .queries.roles import needs_second_factor
        from .services.keeping import KEEPER
        from .services.merging import LEFT_ALONE, MOVER
        from .services.retention import RULES

        register_requirement(lambda person: needs_second_factor(person, timezone.localdate()))
        register_works_at(works_at)
        register_acts(ACTS)
        register_mover("organisations", MOVER)
        register_keeper("organisations", KEEPER)
        register_rules(*RULES)
        leave_alone(LEFT_ALONE)
