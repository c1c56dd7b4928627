"""What is not kept for ever: the durations that the page on personal data announces."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from actors.services import anonymise_people
from asv_platform.accounts.services import forget_passages
from asv_platform.notifications.services import erase_old_messages
from asv_platform.territories.scoping import every_asv


@transaction.atomic
def purge(*, now: dt.datetime) -> dict[str, int]:
    """Erase what has been kept long enough, in every ASV; returns how much of each. Run again, it does nothing."""
    with every_asv(reason="durations of keeping are the same for all"):
        return {
            "connexions et codes": forget_passages(now=now),
            "messages": erase_old_messages(now=now),
            "personnes": anonymise_people(on=timezone.localdate(now)),
        }
