"""What happens to an organisation's record."""

import datetime as dt

from django.db import transaction

from actors.models import Organisation
from asv_platform.territories.editing import change_row, create_row
from asv_platform.territories.models import Asv


def create_organisation(*, asv: Asv, by, on: dt.date, **fields) -> Organisation:
    """Add a record, confirmed on the day it is written. Raises ValidationError with French messages."""
    fields.setdefault("confirmed_on", on)
    return create_row(Organisation, asv=asv, by=by, event="organisation.created", **fields)


def change_organisation(*, organisation: Organisation, by, version: int | None = None, **fields) -> Organisation:
    """Change a record. Raises StaleEdit, or ValidationError with French messages."""
    return change_row(organisation, by=by, event="organisation.changed", version=version, **fields)


@transaction.atomic
def confirm_organisation(*, organisation: Organisation, by, on: dt.date) -> Organisation:
    """Note that the record was checked on that day and is right; the second click of a day changes nothing."""
    if organisation.confirmed_on == on:
        return organisation
    return change_row(organisation, by=by, event="organisation.confirmed", confirmed_on=on)
