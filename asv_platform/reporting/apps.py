from importlib import import_module

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "asv_platform.reporting"
    verbose_name = "Rapports"

    def ready(self):
        for module in ("rules", "audit_events", "tasks"):
            import_module(f"{self.name}.{module}")
