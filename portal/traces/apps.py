from django.apps import AppConfig


class TracesConfig(AppConfig):
    name = "portal.traces"
    label = "traces"
