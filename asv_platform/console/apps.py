from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    name = "asv_platform.console"
    verbose_name = "Pilotage"
