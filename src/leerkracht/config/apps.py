from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "leerkracht.config"
    label = "config"
