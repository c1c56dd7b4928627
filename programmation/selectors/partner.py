"""What a partner sees of their own files."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from actors.models import Organisation
from asv_platform.common.formats import date_time, plural
from asv_platform.territories.normalise import normalise
from programmation.enums import CallState, ProposalState
from programmation.models import AccessRequest, Action, Proposal
from programmation.selectors.filing import STEPS, Missing
from programmation.selectors.money import with_money
from programmation.selectors.proposals import missing_items


@dataclass(frozen=True)
class PartnerFile:
    """A proposal as its authors see it in their list."""

    pk: int
    title: str
    reference: str
    organisation: str
    asv: str
    call: str
    state: str
    state_label: str
    tone: str
    saved_at: dt.datetime
    filed_at: dt.datetime | None
    asked: Decimal
    deadline: str
    missing: tuple[str, ...] = ()
    message: str = ""


@dataclass(frozen=True)
class PartnerHome:
    """« Mes dossiers »: what is to finish, what is at work, what was filed."""

    drafts: tuple[PartnerFile, ...]
    incomplete: tuple[PartnerFile, ...]
    filed: tuple[PartnerFile, ...]
    actions: tuple[Action, ...]
    organisations: tuple[Organisation, ...]
    pending: tuple[AccessRequest, ...]
    to_answer: tuple[AccessRequest, ...]


def partner_home(user, organisation_ids: list[int], *, owned_ids: list[int], at: dt.datetime) -> PartnerHome:
    """The files of these organisations, in eight queries whatever their number."""
    rows = list(
        with_money(Proposal.objects.of_organisations(organisation_ids))
        .select_related("call", "organisation", "asv")
        .prefetch_related("checks")
        .order_by("-updated_at")
    )
    files = [_file(row, at) for row in rows]
    return PartnerHome(
        drafts=tuple(file for file in files if file.state == ProposalState.DRAFT),
        incomplete=tuple(file for file in files if file.state == ProposalState.INCOMPLETE),
        filed=tuple(file for file in files if file.state not in {ProposalState.DRAFT, ProposalState.INCOMPLETE}),
        actions=tuple(
            Action.objects.of_organisations(organisation_ids)
            .filter(state__in=["planned", "running", "blocked"])
            .select_related("organisation", "programme")
            .order_by("ends_on")
        ),
        organisations=tuple(Organisation.objects.filter(pk__in=organisation_ids).select_related("asv")),
        pending=tuple(AccessRequest.objects.filter(user=user, state="pending").select_related("organisation")),
        to_answer=tuple(
            AccessRequest.objects.filter(organisation__in=owned_ids, state="pending").select_related(
                "user", "organisation"
            )
        ),
    )


def _file(row, at: dt.datetime) -> PartnerFile:
    check = None
    if row.state == ProposalState.INCOMPLETE:
        check = next((item for item in row.checks.all() if item.outcome == "incomplete"), None)
        if check:
            check.proposal = row
    return PartnerFile(
        pk=row.pk,
        title=str(row),
        reference=row.reference,
        organisation=row.organisation.name,
        asv=row.asv.name,
        call=row.call.title,
        state=row.state,
        state_label=row.state_enum.label_for_partner,
        tone=row.state_enum.tone,
        saved_at=row.updated_at,
        filed_at=row.filed_at,
        asked=row.asked,
        deadline=deadline_text(row.call, at),
        missing=tuple(missing_items(check)) if check else (),
        message=check.message if check else "",
    )


def known_organisation(*, siret: str = "", name: str = "") -> Organisation | None:
    """The active organisation, in scope, that has this SIRET; else the one of this very name, unless both have one."""
    rows = Organisation.objects.active()
    if siret and (found := rows.filter(siret=siret).first()):
        return found
    wanted = normalise(name)
    namesakes = rows.filter(search_name__startswith=wanted) if wanted else rows.none()
    return next((row for row in namesakes if normalise(row.name) == wanted and not (siret and row.siret)), None)


def deadline_text(call, at: dt.datetime) -> str:
    """« Dépôt possible jusqu’au 13 février 2026 à 23 h 59, dans 4 jours. »"""
    state = call.state_at(at)
    if state == CallState.CLOSED:
        return f"L’appel a fermé le {date_time(call.closes_at)}."
    if state == CallState.GRACE:
        closed, until = date_time(call.closes_at), date_time(call.filing_ends_at)
        return f"L’appel a fermé le {closed} ; le dépôt est encore accepté jusqu’au {until}."
    days = (timezone.localdate(call.closes_at) - timezone.localdate(at)).days
    left = f"dans {plural(days, 'jour')}" if days else "aujourd’hui"
    return f"Dépôt possible jusqu’au {date_time(call.closes_at)}, {left}."


@dataclass(frozen=True)
class StepLine:
    """One step of the stepper."""

    label: str
    url: str
    sub: str
    state: str


def stepper(missing: list[Missing], current: str, urls: dict[str, str]) -> list[StepLine]:
    """The six steps, what each still misses, and where one is."""
    counts = {step: sum(1 for item in missing if item.step == step) for step in STEPS}
    lines = []
    for step, label in STEPS.items():
        left = counts[step]
        sub = f"{plural(left, 'point')} à régler" if left else "rien à régler"
        state = "current" if step == current else "todo" if left else "done"
        lines.append(StepLine(label, urls[step], sub, state))
    return lines
