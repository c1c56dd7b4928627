from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "asv_platform.accounts"
    verbose_name = "Comptes"

    def ready(self):
        from asv_platform.accounts import rules  # noqa: F401, PLC0415 -- registers the permissions
