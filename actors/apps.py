from django.apps import AppConfig


class ActorsConfig(AppConfig):
    name = "actors"
    verbose_name = "Réseau"

    def ready(self):
        from actors import rules  # noqa: F401, PLC0415 -- registers the permissions
