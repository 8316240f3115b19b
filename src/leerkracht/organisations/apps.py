from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "leerkracht.organisations"
    label = "organisations"
