from django.apps import AppConfig


class MadeConfig(AppConfig):
    name = "portal.made"
    label = "made"
