from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "leerkracht.boards"
    label = "boards"
