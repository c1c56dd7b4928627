"""What happens to people and to their functions."""

import datetime as dt
from typing import Any

from django.db import transaction

from actors.models import Affiliation, Organisation, Person
from asv_platform.audit.services import name_again
from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import change_row, create_row
from asv_platform.territories.models import Asv

# Contacts of a network: three years after the last contact, by analogy with the CNIL's rule for prospects.
RETENTION_YEARS = 3
# The page of the person says that the time is over: a month is left to note a contact.
GRACE = dt.timedelta(days=30)
ANONYMOUS = "Personne anonymisée"


class AlreadyEnded(DomainError):
    """The function has an end date already."""

    def __init__(self) -> None:
        super().__init__("Cette fonction est déjà terminée.")


def years_after(day: dt.date, years: int) -> dt.date:
    """The same day ``years`` later; 28 February for a 29 February that does not exist."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _never_kept_without_end(fields: dict[str, Any], on: dt.date) -> dict[str, Any]:
    """``fields`` with both dates of keeping: contacted on that day, and kept three years, unless told otherwise."""
    last_contact = fields.get("last_contact_on") or on
    until = fields.get("retention_until") or years_after(last_contact, RETENTION_YEARS)
    return fields | {"last_contact_on": last_contact, "retention_until": until}


@transaction.atomic
def create_person(
    *, asv: Asv, by, on: dt.date, organisation: Organisation | None = None, function: str = "", **fields
) -> Person:
    """Add a person, kept three years after the last contact unless told otherwise, with their first function."""
    dated = _never_kept_without_end(fields, on)
    person = create_row(Person, asv=asv, by=by, event="person.created", **dated)
    if organisation is not None:
        add_affiliation(person=person, organisation=organisation, by=by, function=function)
    return person


def change_person(*, person: Person, by, on: dt.date, version: int | None = None, **fields) -> Person:
    """Write a person's record, whole, with the same dates of keeping as at its creation. Raises StaleEdit."""
    dated = _never_kept_without_end(fields, on)
    return change_row(person, by=by, event="person.changed", version=version, **dated)


def note_contact(*, person: Person, by, on: dt.date) -> Person:
    """Note that somebody was in touch with the person on that day: the time of keeping starts again."""
    if person.last_contact_on and person.last_contact_on >= on:
        return person
    return change_row(
        person, by=by, event="person.contacted", last_contact_on=on, retention_until=years_after(on, RETENTION_YEARS)
    )


def anonymise_people(*, on: dt.date) -> int:
    """Make anonymous those whose time of keeping has been over for a month, archived or not; returns how many."""
    over = Person.objects.filter(retention_until__lt=on - GRACE)
    for person in over:
        _anonymise(person)
    return len(over)


@transaction.atomic
def _anonymise(person: Person) -> None:
    """Erase who somebody is, in the record, its history and the log; what is counted stays: role, functions, dates."""
    erased: dict[str, Any] = dict.fromkeys(("first_name", "email", "phone", "rpps", "note"), "")
    erased |= dict.fromkeys(("consent_on", "last_contact_on", "retention_until"))
    fresh = change_row(person, by=None, event="person.anonymised", last_name=ANONYMOUS, **erased)
    _forget_former_names(fresh)
    for affiliation in Affiliation.objects.filter(person=fresh).select_related("person", "organisation"):
        _forget_former_names(change_row(affiliation, by=None, event="affiliation.changed", email="", phone=""))


def _forget_former_names(row: Person | Affiliation) -> None:
    row.history.all().delete()  # type: ignore[union-attr]
    name_again(row)


@transaction.atomic
def add_affiliation(*, person: Person, organisation: Organisation, by, **fields) -> Affiliation:
    """Give a person a function in an organisation of the same ASV."""
    _refuse_double(person, organisation, fields.get("function", ""), fields.get("ended_on"))
    affiliation = create_row(
        Affiliation, asv=person.asv, by=by, event="affiliation.created", person=person, organisation=organisation,
        **fields,
    )  # fmt: skip
    _keep_one_main(affiliation, by=by)
    return affiliation


@transaction.atomic
def change_affiliation(*, affiliation: Affiliation, by, version: int | None = None, **fields) -> Affiliation:
    """Change a function. Raises StaleEdit."""
    affiliation = change_row(affiliation, by=by, event="affiliation.changed", version=version, **fields)
    _keep_one_main(affiliation, by=by)
    return affiliation


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, by, on: dt.date) -> Affiliation:
    """Close a function on that day; it stays in the record as a past one. Raises AlreadyEnded."""
    if affiliation.ended_on is not None:
        raise AlreadyEnded
    return change_row(affiliation, by=by, event="affiliation.ended", ended_on=on, is_main=False)


def _refuse_double(person: Person, organisation: Organisation, function: str, ended_on: dt.date | None) -> None:
    same = Affiliation.objects.active().filter(
        person=person, organisation=organisation, function__iexact=function, ended_on__isnull=True
    )
    if ended_on is None and same.exists():
        raise DomainError(f"{person} a déjà cette fonction dans « {organisation} ».")


def _keep_one_main(affiliation: Affiliation, *, by) -> None:
    """An organisation has one main contact: the one chosen last."""
    if not affiliation.is_main:
        return
    others = Affiliation.objects.filter(organisation_id=affiliation.organisation_id, is_main=True)
    for other in others.exclude(pk=affiliation.pk):
        change_row(other, by=by, event="affiliation.changed", is_main=False)
