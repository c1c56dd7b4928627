"""Proposals as the instructor, the partner and the reports read them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from actors.models import Organisation
from asv_platform.common.formats import date_short, file_size, period, phone
from programmation.enums import AdmissibilityOutcome, AgeBand, CheckAnswer, DecisionOutcome, PieceKind, ProposalState
from programmation.models import BudgetLine, Decision, PlannedPublic, Proposal
from programmation.selectors.budget import ShownBudget, balance_of, shown_budget
from programmation.selectors.draft import Draft
from programmation.selectors.money import with_money

# What an instructor checks, whatever the call; the pieces asked by the call come after.
CHECKLIST = {
    "eligible": "La structure peut répondre à l’appel",
    "perimeter": "Le projet se déroule dans le périmètre de l’ASV",
    "objective": "Le projet répond à un objectif de l’appel",
    "dates": "Les dates correspondent à l’année du programme",
    "budget": "Le budget est équilibré et cohérent",
    "signature": "La personne signataire engage la structure",
    "republican": "Le contrat d’engagement républicain est souscrit",
}


def checklist(proposal: Proposal) -> dict[str, str]:
    """Code → what is checked, for this proposal: the common points, then the pieces asked by the call."""
    pieces = {f"piece_{kind}": f"Pièce : {PieceKind(kind).label}" for kind in proposal.call.pieces}
    return CHECKLIST | pieces


def listed(proposals: QuerySet) -> QuerySet:
    """The proposals with what a list shows, in two queries whatever their number."""
    return (
        with_money(proposals)
        .select_related("organisation", "theme", "call")
        .prefetch_related("neighbourhoods")
        .defer("goals", "description", "human_means", "material_means", "partners", "evaluation_method", "call__text")
    )


@dataclass(frozen=True)
class ProposalRow:
    """One line of a list of proposals."""

    pk: int
    reference: str
    title: str
    organisation: str
    theme: str
    neighbourhoods: tuple[str, ...]
    state: str
    state_label: str
    cost: Decimal
    asked: Decimal
    granted: Decimal


def proposal_rows(proposals: QuerySet) -> list[ProposalRow]:
    """The proposals given, as reports list them; two queries."""
    return [
        ProposalRow(
            row.pk, row.reference, str(row), row.organisation.name, str(row.theme or ""),
            tuple(place.name for place in row.neighbourhoods.all()), row.state, row.get_state_display(),
            row.cost, row.asked, row.granted,
        )
        for row in listed(proposals)
    ]  # fmt: skip


@dataclass(frozen=True)
class PieceLine:
    """A piece as a list of files shows it."""

    pk: int
    name: str
    kind: str
    size: str
    sub: str
    expired: bool


@dataclass(frozen=True)
class Section:
    """A part of the file: a title, short answers, and long texts."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ProposalFile:
    """Everything a proposal says, read once; its pieces are a list apart (``piece_lines``)."""

    proposal: Proposal
    sections: tuple[Section, ...]
    budget: ShownBudget
    lines: tuple[BudgetLine, ...]
    planned: tuple[tuple[str, int, int], ...]
    indicators: tuple
    decisions: tuple[Decision, ...] = ()
    checks: tuple = ()


def _age(row: PlannedPublic) -> int:
    return AgeBand.values.index(row.age_band)


def proposal_file(proposal: Proposal) -> ProposalFile:
    """The whole file of a proposal (organisation, call and theme loaded); about ten queries."""
    draft = Draft(proposal)
    return ProposalFile(
        proposal=proposal,
        sections=(
            _structure(proposal),
            _project(draft),
            _publics(draft),
            _evaluation(proposal),
            _commitments(proposal),
        ),
        budget=shown_budget(proposal.nomenclature, draft.lines),
        lines=draft.lines,
        planned=tuple((row.get_age_band_display(), row.women, row.men) for row in sorted(draft.planned, key=_age)),
        indicators=draft.indicators,
        decisions=tuple(proposal.decisions.active().select_related("funder")),
        checks=tuple(proposal.checks.select_related("checked_by")),
    )


def piece_lines(pieces, *, on: dt.date) -> list[PieceLine]:
    """These pieces as a list of files shows them."""
    lines = []
    for piece in pieces:
        validity = f", valable jusqu’au {date_short(piece.valid_until)}" if piece.valid_until else ""
        lines.append(
            PieceLine(
                pk=piece.pk,
                name=piece.name,
                kind=piece.get_kind_display(),
                size=file_size(piece.size),
                sub=f"{piece.get_kind_display()}{validity}",
                expired=bool(piece.valid_until and piece.valid_until < on),
            )
        )
    return lines


def _structure(proposal: Proposal) -> Section:
    organisation = proposal.organisation
    return Section(
        "La structure",
        facts=(
            ("Nom", organisation.name),
            ("Nature", organisation.get_kind_display()),
            ("SIRET", organisation.siret),
            ("RNA", organisation.rna),
            ("Adresse", organisation.address),
            ("Téléphone", phone(organisation.phone)),
            ("Courriel", organisation.email),
            ("Représentée par", organisation.legal_representative),
        ),
    )


def _project(draft: Draft) -> Section:
    proposal = draft.proposal
    return Section(
        "Le projet",
        facts=(
            ("Nature de la demande", proposal.get_frequency_display()),
            ("Thème", str(proposal.theme or "")),
            ("Objectifs du programme", ", ".join(str(objective) for objective in draft.objectives)),
            ("Axe de la charte d’Ottawa", str(proposal.ottawa_axis or "")),
            ("Déterminants", ", ".join(str(term) for term in draft.determinants)),
            ("Période", period(proposal.starts_on, proposal.ends_on)),
        ),
        texts=(
            ("Objectifs", proposal.goals),
            ("Description", proposal.description),
            ("Moyens humains", proposal.human_means),
            ("Moyens matériels", proposal.material_means),
            ("Partenaires", proposal.partners),
        ),
    )


def _publics(draft: Draft) -> Section:
    proposal = draft.proposal
    return Section(
        "Publics et quartiers",
        facts=(
            ("Publics", ", ".join(str(term) for term in draft.publics)),
            ("Quartiers", ", ".join(place.name for place in draft.neighbourhoods)),
            ("Lieux", proposal.place),
            ("Personnes attendues", str(proposal.expected_people or "")),
            (
                "dont habitants de QPV",
                "" if proposal.expected_qpv_people is None else str(proposal.expected_qpv_people),
            ),
        ),
    )


def _evaluation(proposal: Proposal) -> Section:
    return Section("Évaluation", texts=(("Méthode", proposal.evaluation_method),))


def _commitments(proposal: Proposal) -> Section:
    yes_no = {True: "oui", False: "non"}
    return Section(
        "Engagements",
        facts=(
            ("Signataire", ", ".join(filter(None, [proposal.signatory, proposal.signatory_function]))),
            ("IBAN", proposal.iban),
            ("Contrat d’engagement républicain", yes_no[proposal.republican_contract]),
            ("Attestation sur l’honneur", yes_no[proposal.sworn_statement]),
        ),
    )


@dataclass(frozen=True)
class FunderAsked:
    """One funder of a proposal: what was asked of it, and what it decided so far."""

    funder_id: int
    funder: str
    asked: Decimal
    decision: Decision | None

    @property
    def outcome(self) -> str:
        """What it decided so far; empty while it has not."""
        return self.decision.outcome if self.decision else ""


@dataclass(frozen=True)
class FunderChoice:
    """What one funder decides: outcome, amount, motive; its own day and committee, when not those of the others."""

    funder: Organisation
    outcome: str
    amount: Decimal = Decimal(0)
    motive: str = ""
    decided_on: dt.date | None = None
    committee: str = ""


def funders_asked(proposal: Proposal) -> list[FunderAsked]:
    """Who may decide: the funders named in the lines 74 of the proposal, then the other funders of the call."""
    lines = proposal.budget_lines.filter(funder__isnull=False).select_related("funder")
    return _funders_of(lines, proposal.decisions.active().select_related("funder"), proposal.call.funders.all())


def funders_of_file(file: ProposalFile) -> list[FunderAsked]:
    """Who was asked or has decided, from a file already read; no query."""
    return _funders_of(file.lines, file.decisions)


def _funders_of(
    lines: Iterable[BudgetLine], decided: Iterable[Decision], others: Iterable[Organisation] = ()
) -> list[FunderAsked]:
    decisions = {row.funder_id: row for row in decided}
    funders: dict[int, tuple[str, Decimal]] = {}
    for line in lines:
        if line.funder:
            name, total = funders.get(line.funder.pk, (line.funder.name, Decimal(0)))
            amount = line.amount if line.amount and line.funding_state == "asked" else Decimal(0)
            funders[line.funder.pk] = (name, total + amount)
    for funder in others:
        funders.setdefault(funder.pk, (funder.name, Decimal(0)))
    for decision in decisions.values():
        funders.setdefault(decision.funder_id, (decision.funder.name, Decimal(0)))
    return [FunderAsked(pk, name, asked, decisions.get(pk)) for pk, (name, asked) in funders.items()]


def overall_outcome(answers: Iterable[tuple[Decimal, str]]) -> DecisionOutcome | None:
    """What (asked, outcome) of each funder make together; None while one that was asked has no outcome."""
    known = list(answers)
    if any(asked and not outcome for asked, outcome in known):
        return None
    outcomes = {outcome for _, outcome in known}
    for outcome in (DecisionOutcome.ACCEPTED, DecisionOutcome.ADJOURNED, DecisionOutcome.REFUSED):
        if outcome in outcomes:
            return outcome
    return None


def funders_awaited(proposal: Proposal) -> list[str]:
    """The funders that were asked and have not answered."""
    return [row.funder for row in funders_asked(proposal) if row.asked and row.decision is None]


def proposal_cost(proposal: Proposal) -> Decimal:
    """The charges of the proposal, voluntary contributions left out."""
    return balance_of(proposal.budget_lines.all()).charges


def missing_items(check) -> list[str]:
    """What a check found missing, in words, in the order of the checklist."""
    labels = checklist(check.proposal)
    return [label for code, label in labels.items() if check.items.get(code) == CheckAnswer.MISSING]


def last_request(proposal: Proposal):
    """The last request for completion, if the proposal is incomplete."""
    if proposal.state != ProposalState.INCOMPLETE:
        return None
    return proposal.checks.filter(outcome=AdmissibilityOutcome.INCOMPLETE).first()
