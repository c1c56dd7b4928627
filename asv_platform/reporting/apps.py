from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "asv_platform.reporting"
    verbose_name = "Rapports"
