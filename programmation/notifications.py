"""Who is told what about calls, proposals and accesses: one mail a person for one act."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from actors.enums import PartnerRole
from actors.models import PartnerAccess
from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import Membership
from asv_platform.notifications.services import send
from programmation.enums import AdmissibilityOutcome, DecisionOutcome
from programmation.models import AccessRequest, AdmissibilityCheck, Proposal
from programmation.selectors.proposals import missing_items


def _partners(proposal: Proposal) -> list[str]:
    """The addresses that follow a proposal: owners of the organisation, and whoever filed or began it."""
    writers = {proposal.created_by_id, proposal.filed_by_id}
    accesses = PartnerAccess.objects.filter(organisation_id=proposal.organisation_id).filter(
        Q(role=PartnerRole.OWNER) | Q(user__in=[pk for pk in writers if pk])
    )
    return sorted(set(accesses.filter(user__is_active=True).values_list("user__email", flat=True)))


def _coordinators(asv_id: int) -> list[str]:
    rows = Membership.objects.filter(asv_id=asv_id, role=Role.COORDINATOR, user__is_active=True)
    return sorted(rows.values_list("user__email", flat=True))


def _page(name: str, **kwargs) -> str:
    return f"{settings.SITE_URL}{reverse(name, kwargs=kwargs)}"


def _tell(addresses: list[str], *, subject: str, template: str, context: dict, asv, key: str) -> None:
    for address in addresses:
        send(
            to=address,
            subject=subject,
            template=template,
            context=context,
            asv=asv,
            dedupe_key=f"{key}:{address}"[:200],
        )


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
    _tell(
        _partners(proposal),
        subject=f"{verb} : {proposal} ({proposal.reference})",
        template="email/programmation/proposal_filed",
        context=context,
        asv=proposal.asv,
        key=f"proposal.filed:{proposal.pk}:{proposal.version}",
    )


def proposal_withdrawn(proposal: Proposal, *, motive: str) -> None:
    """The coordination learns that a filed proposal was taken back."""
    url = _page("programmation:proposal_detail", asv=proposal.asv.slug, pk=proposal.pk)
    _tell(
        _coordinators(proposal.asv_id),
        subject=f"Proposition retirée : {proposal} ({proposal.reference})",
        template="email/programmation/proposal_withdrawn",
        context={"proposal": proposal, "organisation": proposal.organisation, "motive": motive, "url": url},
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
    _tell(
        _partners(proposal),
        subject=f"{subjects[AdmissibilityOutcome(check.outcome)]} : {proposal} ({proposal.reference})",
        template="email/programmation/proposal_checked",
        context=context,
        asv=proposal.asv,
        key=f"proposal.checked:{check.pk}",
    )


def proposal_decided(proposal: Proposal, *, outcome: DecisionOutcome) -> None:
    """The partner learns the decision of every funder, in one mail."""
    subjects = {
        DecisionOutcome.ACCEPTED: "Votre proposition est acceptée",
        DecisionOutcome.REFUSED: "Votre proposition n’est pas retenue",
        DecisionOutcome.ADJOURNED: "Votre proposition est ajournée",
    }
    decisions = list(proposal.decisions.active().select_related("funder"))
    context = {
        "proposal": proposal,
        "organisation": proposal.organisation,
        "call": proposal.call,
        "outcome": outcome.value,
        "decisions": decisions,
        "total": sum(row.amount for row in decisions),
        "url": _page("partner:proposal", pk=proposal.pk),
    }
    _tell(
        _partners(proposal),
        subject=f"{subjects[outcome]} : {proposal} ({proposal.reference})",
        template="email/programmation/proposal_decided",
        context=context,
        asv=proposal.asv,
        key=f"proposal.decided:{proposal.pk}:{proposal.version}",
    )


def access_requested(request: AccessRequest) -> None:
    """The owners of the organisation are asked; the coordination when it has none."""
    owners = PartnerAccess.objects.filter(organisation_id=request.organisation_id, role=PartnerRole.OWNER)
    addresses = sorted(set(owners.values_list("user__email", flat=True)))
    context: dict = {"request": request, "organisation": request.organisation, "person": request.user}
    if addresses:
        context["url"] = _page("partner:access_answer", pk=request.pk)
    else:
        addresses = _coordinators(request.asv_id)
        context["url"] = _page("programmation:access_answer", asv=request.asv.slug, pk=request.pk)
    _tell(
        addresses,
        subject=f"{request.user.email} demande à écrire pour {request.organisation}",
        template="email/programmation/access_requested",
        context=context,
        asv=request.asv,
        key=f"access.requested:{request.pk}",
    )


def access_answered(request: AccessRequest) -> None:
    """The person learns the answer."""
    _tell(
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
