"""Who is told what about calls, proposals and accesses: one mail a person for one act."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from actors.enums import PartnerRole
from actors.selectors import partner_addresses
from asv_platform.accounts.selectors import coordinator_addresses
from asv_platform.notifications.services import send_each
from programmation.enums import AdmissibilityOutcome, DecisionOutcome
from programmation.models import AccessRequest, AdmissibilityCheck, Proposal
from programmation.selectors.proposals import missing_items

OWNERS = Q(role=PartnerRole.OWNER)


def _partners(proposal: Proposal) -> list[str]:
    """The addresses that follow a proposal: owners of the organisation, and whoever filed or began it."""
    writers = [pk for pk in (proposal.created_by_id, proposal.filed_by_id) if pk]
    return partner_addresses(proposal.organisation_id, only=OWNERS | Q(user__in=writers))


def reaches_partner(proposal: Proposal) -> bool:
    """Whether somebody receives what is written to the partner of this proposal."""
    return bool(_partners(proposal))


def _page(name: str, **kwargs) -> str:
    return f"{settings.SITE_URL}{reverse(name, kwargs=kwargs)}"


def proposal_filed(proposal: Proposal, *, by, is_first: bool) -> None:
    """The receipt: number, date, fingerprint."""
    context = {
        "proposal": proposal,
        "organisation": proposal.organisation,
        "call": proposal.call,
        "is_first": is_first,
        "filed_by": str(by),
        "url": _page("partner:receipt", pk=proposal.pk),
    }
    verb = "Dépôt enregistré" if is_first else "Dossier complété"
    send_each(
        _partners(proposal),
        subject=f"{verb} : {proposal} ({proposal.reference})",
        template="email/programmation/proposal_filed",
        context=context,
        asv=proposal.asv,
        key=f"proposal.filed:{proposal.pk}:{proposal.version}",
    )


def proposal_withdrawn(proposal: Proposal, *, by, motive: str) -> None:
    """The coordination and the partner learn that a filed proposal was taken back, but for who did it."""
    pages = [
        (_partners(proposal), _page("partner:proposal", pk=proposal.pk)),
        (
            coordinator_addresses(proposal.asv_id),
            _page("programmation:proposal_detail", asv=proposal.asv.slug, pk=proposal.pk),
        ),
    ]
    for addresses, url in pages:
        send_each(
            [address for address in addresses if address != by.email],
            subject=f"Proposition retirée : {proposal} ({proposal.reference})",
            template="email/programmation/proposal_withdrawn",
            context={
                "proposal": proposal,
                "organisation": proposal.organisation,
                "by": str(by),
                "motive": motive,
                "url": url,
            },
            asv=proposal.asv,
            key=f"proposal.withdrawn:{proposal.pk}",
        )


def proposal_checked(proposal: Proposal, check: AdmissibilityCheck) -> None:
    """The partner learns what the check concluded; an incomplete file lists what is missing."""
    subjects = {
        AdmissibilityOutcome.ADMISSIBLE: "Dossier recevable",
        AdmissibilityOutcome.INCOMPLETE: "Dossier incomplet",
        AdmissibilityOutcome.INADMISSIBLE: "Dossier irrecevable",
    }
    context = {
        "proposal": proposal,
        "organisation": proposal.organisation,
        "call": proposal.call,
        "message": check.message,
        "missing": missing_items(check),
        "outcome": check.outcome,
        "url": _page("partner:proposal", pk=proposal.pk),
    }
    send_each(
        _partners(proposal),
        subject=f"{subjects[AdmissibilityOutcome(check.outcome)]} : {proposal} ({proposal.reference})",
        template="email/programmation/proposal_checked",
        context=context,
        asv=proposal.asv,
        key=f"proposal.checked:{check.pk}",
    )


def proposal_decided(proposal: Proposal, *, outcome: DecisionOutcome, is_correction: bool = False) -> None:
    """The partner learns the decision of every funder, in one mail; a correction says that it replaces the first."""
    subjects = {
        DecisionOutcome.ACCEPTED: "Votre proposition est acceptée",
        DecisionOutcome.REFUSED: "Votre proposition n’est pas retenue",
        DecisionOutcome.ADJOURNED: "Votre proposition est ajournée",
    }
    subject = "Décision corrigée" if is_correction else subjects[outcome]
    decisions = list(proposal.decisions.active().select_related("funder"))
    context = {
        "proposal": proposal,
        "organisation": proposal.organisation,
        "call": proposal.call,
        "outcome": outcome.value,
        "is_correction": is_correction,
        "decisions": decisions,
        "total": sum(row.amount for row in decisions),
        "url": _page("partner:proposal", pk=proposal.pk),
    }
    send_each(
        _partners(proposal),
        subject=f"{subject} : {proposal} ({proposal.reference})",
        template="email/programmation/proposal_decided",
        context=context,
        asv=proposal.asv,
        key=f"proposal.decided:{proposal.pk}:{proposal.version}",
    )


def access_requested(request: AccessRequest) -> None:
    """The owners of the organisation are asked; the coordination when it has none."""
    addresses = partner_addresses(request.organisation_id, only=OWNERS)
    context: dict = {"request": request, "organisation": request.organisation, "person": request.user}
    if addresses:
        context["url"] = _page("partner:access_answer", pk=request.pk)
    else:
        addresses = coordinator_addresses(request.asv_id)
        context["url"] = _page("programmation:access_answer", asv=request.asv.slug, pk=request.pk)
    send_each(
        addresses,
        subject=f"{request.user.email} demande à écrire pour {request.organisation}",
        template="email/programmation/access_requested",
        context=context,
        asv=request.asv,
        key=f"access.requested:{request.pk}",
    )


def access_answered(request: AccessRequest) -> None:
    """The person learns the answer."""
    send_each(
        [request.user.email],
        subject=f"Votre demande d’accès à {request.organisation}",
        template="email/programmation/access_answered",
        context={
            "request": request,
            "organisation": request.organisation,
            "granted": request.state == "granted",
            "url": _page("partner:home"),
        },
        asv=request.asv,
        key=f"access.answered:{request.pk}",
    )
