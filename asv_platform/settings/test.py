"""The test suite: real PostgreSQL and Redis given by DATABASE_URL and REDIS_URL (scripts/services.py starts them)."""

from asv_platform.settings.base import *

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Copied when given, so that each process of the tests does not run the migrations again (scripts/check.py).
DATABASES["default"]["TEST"] = {"TEMPLATE": env.str("TEST_TEMPLATE", default="") or None}
EMAIL_BACKEND = "asv_platform.notifications.backends.MailboxBackend"
VAR_DIR = VAR_DIR / "test"
MAILBOX_DIR = VAR_DIR / "mailbox"
MAILBOX_PAGE = True
STYLEGUIDE = True
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
# Argon2 with its least cost: the tests create many users.
PASSWORD_HASHERS = ["tests.hashers.FastArgon2"]
