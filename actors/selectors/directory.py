"""The pages of one organisation and of one person."""

import datetime as dt
from dataclasses import dataclass, field

from actors.enums import Freshness
from actors.models import Affiliation, Organisation, PartnerAccess, Person
from actors.querysets import TO_CONFIRM_AFTER_MONTHS, freshness_of
from asv_platform.common.formats import date_short
from asv_platform.territories.locator import NeighbourhoodHit, neighbourhoods_at

TONES = {
    Freshness.FRESH: "good",
    Freshness.TO_CONFIRM: "warn",
    Freshness.OVERDUE: "bad",
    Freshness.NEVER: "warn",
}


@dataclass(frozen=True)
class Badge:
    """How far a record can be trusted on a day."""

    state: Freshness
    label: str
    tone: str
    sub: str


@dataclass(frozen=True)
class Contact:
    """Somebody in an organisation: the professional address first, the person's own otherwise."""

    affiliation: Affiliation
    email: str
    phone: str
    period: str


@dataclass(frozen=True)
class OrganisationSheet:
    """Everything the page of an organisation shows."""

    organisation: Organisation
    freshness: Badge
    current: list[Contact]
    past: list[Contact]
    accesses: list[PartnerAccess]
    located_in: list[NeighbourhoodHit]
    tags: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonSheet:
    """Everything the page of a person shows."""

    person: Person
    current: list[Contact]
    past: list[Contact]
    retention_over: bool


def freshness_badge(confirmed_on: dt.date | None, on: dt.date) -> Badge:
    """The badge of a record confirmed on that day, seen on day ``on``."""
    state = freshness_of(confirmed_on, on)
    sub = (
        f"confirmée le {date_short(confirmed_on)}"
        if confirmed_on
        else f"à refaire tous les {TO_CONFIRM_AFTER_MONTHS} mois"
    )
    return Badge(state, state.label, TONES[state], sub)


def organisation_sheet(organisation: Organisation, *, on: dt.date) -> OrganisationSheet:
    """The page of an organisation on day ``on``; the same number of queries whatever its contacts."""
    contacts = [_contact(row) for row in organisation.affiliations.active().select_related("person")]
    return OrganisationSheet(
        organisation=organisation,
        freshness=freshness_badge(organisation.confirmed_on, on),
        current=[contact for contact in contacts if _is_current(contact, on)],
        past=[contact for contact in contacts if not _is_current(contact, on)],
        accesses=list(organisation.partner_accesses.select_related("user")),
        located_in=_located_in(organisation),
        tags={
            name: [str(tag) for tag in getattr(organisation, name).all()]
            for name in ("sectors", "themes", "publics", "neighbourhoods")
        },
    )


def person_sheet(person: Person, *, on: dt.date) -> PersonSheet:
    """The page of a person on day ``on``."""
    contacts = [_contact(row) for row in person.affiliations.active().select_related("organisation", "person")]
    return PersonSheet(
        person=person,
        current=[contact for contact in contacts if _is_current(contact, on)],
        past=[contact for contact in contacts if not _is_current(contact, on)],
        retention_over=person.retention_until is not None and person.retention_until < on,
    )


def _located_in(organisation: Organisation) -> list[NeighbourhoodHit]:
    if organisation.longitude is None or organisation.latitude is None:
        return []
    return neighbourhoods_at(float(organisation.longitude), float(organisation.latitude))


def _contact(affiliation: Affiliation) -> Contact:
    return Contact(
        affiliation=affiliation,
        email=affiliation.email or affiliation.person.email,
        phone=affiliation.phone or affiliation.person.phone,
        period=_period(affiliation.started_on, affiliation.ended_on),
    )


def _is_current(contact: Contact, on: dt.date) -> bool:
    ended_on = contact.affiliation.ended_on
    return ended_on is None or ended_on >= on


def _period(start: dt.date | None, end: dt.date | None) -> str:
    if start and end:
        return f"du {date_short(start)} au {date_short(end)}"
    if start:
        return f"depuis le {date_short(start)}"
    return f"jusqu’au {date_short(end)}" if end else ""
