from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "asv_platform.accounts"
    verbose_name = "Comptes"
