"""Development and demonstration: SQLite, local worker, mail kept in the development mailbox."""

from asv_platform.settings.base import *

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = SECRET_KEY or "development-only-and-public"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["*"]
EMAIL_BACKEND = "asv_platform.notifications.backends.MailboxBackend"
MAILBOX_PAGE = True
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
