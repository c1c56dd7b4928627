"""What the doors wrote about those who came through them, and no longer serves."""

import datetime as dt
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session

from asv_platform.accounts.models import LoginCode
from asv_platform.accounts.services.codes import KEPT


def forget_passages(*, now: dt.datetime) -> int:
    """Erase the sessions that are over, the address and the browser of each of them, and the codes of the day before.

    Returns how many addresses and codes went.
    """
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    ended, _ = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    codes, _ = LoginCode.objects.filter(created_at__lt=now - KEPT).delete()
    return ended + codes
