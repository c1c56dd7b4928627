"""Development and demonstration: SQLite, local worker, mail kept in the development mailbox."""

from asv_platform.settings.base import *

# Off unless asked for: `make run` is shown to people, and the pages of an error must be the ones they will know.
DEBUG = env.bool("DEBUG", default=False)
STYLEGUIDE = True
SECRET_KEY = SECRET_KEY or "development-only-and-public"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["*"]
EMAIL_BACKEND = "asv_platform.notifications.backends.MailboxBackend"
MAILBOX_PAGE = True
# No build step and no collectstatic: the files are served from where they are written.
STATIC_ROOT = None  # type: ignore[assignment]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
