"""Nobody opens a door with what the log of the server holds."""

import logging

import pytest
from django.conf import settings
from django.urls import reverse

from asv_platform.common.logs import WithoutSecrets

SECRET = "x7Yk-usable_secret.abc"


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("invitation", {"token": SECRET}),
        ("reading:read", {"token": SECRET}),
        ("reading:pdf", {"token": SECRET}),
        ("account_reset_password_from_key", {"uidb36": "1", "key": SECRET}),
        ("account_confirm_email", {"key": "MQ-usable_secret"}),
    ],
)
def test_log_hides_the_addresses_that_are_keys(name, kwargs):
    path = reverse(name, kwargs=kwargs)
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", path), None)

    assert WithoutSecrets().filter(record)

    assert "usable_secret" not in record.getMessage()
    assert record.getMessage().startswith(f"Not Found: /{path.split('/')[1]}/")


def test_every_handler_hides_them():
    assert all("without_secrets" in handler["filters"] for handler in settings.LOGGING["handlers"].values())
