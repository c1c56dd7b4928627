from django.apps import AppConfig


class DiagnosticsConfig(AppConfig):
    name = "diagnostics"
    verbose_name = "Diagnostic"

    def ready(self):
        from diagnostics import rules  # noqa: F401, PLC0415 -- registers the permissions
