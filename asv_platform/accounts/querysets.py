import datetime as dt

from django.db import models


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Neither accepted nor withdrawn; perhaps expired."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)

    def valid(self, now: dt.datetime):
        """Those that can still be accepted."""
        return self.open().filter(expires_at__gte=now)
