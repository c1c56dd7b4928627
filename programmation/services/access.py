"""How a partner joins an organisation: a new one at once, an existing one after somebody's approval."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import F

from actors.enums import PartnerRole
from actors.models import Organisation
from actors.services import create_organisation, grant_partner_access
from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError
from asv_platform.territories.editing import lock
from asv_platform.territories.models import Asv
from programmation import notifications
from programmation.enums import RequestState
from programmation.models import AccessRequest


class OrganisationKnown(DomainError):
    """The organisation is in the directory already: one asks to join it."""

    def __init__(self) -> None:
        super().__init__("Cette structure est déjà connue : demandez à la rejoindre.")


class OrganisationShelved(DomainError):
    """The organisation is in the directory, archived: the ASV alone can put it back."""

    def __init__(self) -> None:
        super().__init__(
            "Cette structure est connue, mais sa fiche est archivée : contactez l’ASV, qui peut la rétablir."
        )


class RequestAnswered(DomainError):
    """Somebody else answered the request meanwhile."""

    def __init__(self) -> None:
        super().__init__("Une réponse a déjà été donnée à cette demande.")


def organisation_of_siret(*, asv: Asv, siret: str) -> Organisation | None:
    """The organisation of the directory with this SIRET, for who wants to write for it. Raises OrganisationShelved."""
    known = Organisation.objects.filter(asv=asv, siret=siret).exclude(siret="")
    found = known.order_by(F("archived_at").asc(nulls_first=True)).first()
    if found and found.archived_at:
        raise OrganisationShelved
    return found


@transaction.atomic
def declare_organisation(*, asv: Asv, by, on: dt.date, **fields) -> Organisation:
    """Add a new organisation to the network and make ``by`` its owner.

    Its record is not confirmed: the ASV does it, and until then nobody is invited in its name. Raises
    OrganisationKnown, OrganisationShelved or ValidationError.
    """
    if organisation_of_siret(asv=asv, siret=fields.get("siret", "")):
        raise OrganisationKnown
    organisation = create_organisation(asv=asv, by=by, on=on, confirmed_on=None, **fields)
    grant_partner_access(user=by, organisation=organisation, role=PartnerRole.OWNER, by=by)
    return organisation


@transaction.atomic
def request_access(*, organisation: Organisation, by, message: str = "") -> AccessRequest:
    """Ask to write for an organisation; its owners, else the coordination, receive one mail.

    A request already pending comes back as it is.
    """
    pending = AccessRequest.objects.filter(user=by, organisation=organisation, state=RequestState.PENDING)
    if found := pending.first():
        return found
    request = AccessRequest(asv_id=organisation.asv_id, user=by, organisation=organisation, message=message)
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError:
        return pending.get()
    record("access_request.made", by=by, subject=request)
    notifications.access_requested(request)
    return request


@transaction.atomic
def answer_request(
    *, request: AccessRequest, by, at: dt.datetime, granted: bool, role: str = PartnerRole.EDITOR
) -> AccessRequest:
    """Open or refuse the access that was asked, and tell the person. Raises RequestAnswered."""
    fresh = lock(request)
    if fresh.state != RequestState.PENDING:
        raise RequestAnswered
    fresh.state = RequestState.GRANTED if granted else RequestState.REFUSED
    fresh.decided_by, fresh.decided_at = by, at
    fresh.version += 1
    fresh.save()
    if granted:
        grant_partner_access(user=fresh.user, organisation=fresh.organisation, role=role, by=by)
    record(f"access_request.{fresh.state}", by=by, subject=fresh)
    notifications.access_answered(fresh)
    return fresh
