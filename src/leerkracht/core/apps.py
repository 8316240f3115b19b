from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "leerkracht.core"
    label = "core"
