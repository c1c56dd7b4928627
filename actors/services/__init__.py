"""The verbs of the network."""

from actors.services.access import grant_partner_access, invite_partner, revoke_partner_access
from actors.services.organisations import change_organisation, confirm_organisation, create_organisation
from actors.services.people import (
    add_affiliation,
    anonymise_people,
    change_affiliation,
    change_person,
    create_person,
    end_affiliation,
    note_contact,
)

__all__ = [
    "add_affiliation",
    "anonymise_people",
    "change_affiliation",
    "change_organisation",
    "change_person",
    "confirm_organisation",
    "create_organisation",
    "create_person",
    "end_affiliation",
    "grant_partner_access",
    "invite_partner",
    "note_contact",
    "revoke_partner_access",
]
