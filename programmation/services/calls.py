"""What happens to a call for proposals."""

import datetime as dt

from django.db import transaction
from django.db.models import Max

from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import change_row, create_row, lock
from asv_platform.territories.models import Asv
from programmation.models import Call, Programme


class CallNotPublishable(DomainError):
    """The call cannot be shown to the public as it is."""


@transaction.atomic
def create_call(*, programme: Programme, by, **fields) -> Call:
    """Create a call, not yet public; it takes the next number of the ASV. Raises ValidationError."""
    # The ASV is the lock of its numbers: two calls created together must not take the same one.
    asv = Asv.objects.select_for_update(of=("self",)).get(pk=programme.asv_id)
    number = (Call.objects.filter(asv=asv).aggregate(last=Max("number"))["last"] or 0) + 1
    return create_row(Call, asv=asv, by=by, event="call.created", programme=programme, number=number, **fields)


def change_call(*, call: Call, by, version: int | None = None, **fields) -> Call:
    """Change a call, published or not: extending a deadline takes effect at once. Raises StaleEdit."""
    return change_row(call, by=by, event="call.changed", version=version, **fields)


@transaction.atomic
def publish_call(*, call: Call, by, at: dt.datetime) -> Call:
    """Show the call to the public. A call already published stays as it is; one that is over is refused."""
    fresh = lock(call)
    if fresh.published_at is not None:
        return fresh
    if fresh.closes_at <= at:
        raise CallNotPublishable("La date de clôture est passée : corrigez-la avant de publier l’appel.")
    return change_row(fresh, by=by, event="call.published", published_at=at)


@transaction.atomic
def unpublish_call(*, call: Call, by) -> Call:
    """Take a call off the public pages, unless somebody has begun to answer it."""
    fresh = lock(call)
    if fresh.proposals.active().exists():
        raise CallNotPublishable("Des propositions ont été commencées : l’appel ne peut plus être retiré.")
    return change_row(fresh, by=by, event="call.unpublished", published_at=None)
