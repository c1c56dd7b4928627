"""The programmes of the demonstration: objectives, envelopes, calls, proposals, decisions, actions."""

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from stdnum import iban

from asv_platform.console.demo.days import session_days, working_day
from asv_platform.console.demo.network import invented_iban
from asv_platform.console.demo.story import Story
from asv_platform.reporting.rendering import render_pdf
from asv_platform.territories.scoping import asv_scope
from programmation import services
from programmation.enums import (
    ActionTransition,
    AgeBand,
    BudgetSide,
    CheckAnswer,
    DecisionOutcome,
    FundingState,
    ObjectiveLevel,
    ProgrammeTransition,
    ProposalTransition,
)
from programmation.models import BudgetLine, Call, Objective, PlannedPublic, Programme, Proposal, ProposalIndicator
from programmation.selectors.proposals import FunderChoice, checklist

PARIS = ZoneInfo("Europe/Paris")
FUNDER_CODES = {"etat": "74etat", "villes": "74com", "ville": "74com", "caf": "74orgasoc", "agglo": "74epci"}
CHARGE_CODES = {"indirect_fixed": "chgfixe"}
REFUSED = "L’action n’entre pas dans les priorités votées cette année ; l’équipe vous propose d’en parler."
ADJOURNED = "Le comité souhaite connaître l’accord du centre de dépistage avant de se prononcer."
# What the committee of next year's call has before it, by key of proposal: how far each file has gone.
NEXT_YEAR = {"protoxyde": "filed", "cuisines": "incomplete", "psc": "deliberation", "mediation": "draft"}


def build_programmes(story: Story) -> None:
    """Write last year's programme (closed), this year's (running) and next year's (its call is open)."""
    with asv_scope(story.asv.pk):
        for annee in (-1, 0, 1):
            _programme(story, annee)


def _at(day: dt.date, hour: int = 9) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), PARIS)


def _programme(story: Story, annee: int) -> None:
    by, year = story.coordinator, story.year + annee
    programme = services.create_programme(
        asv=story.asv,
        by=by,
        year=year,
        title=f"Programme {year}",
        committee_on=_committee(story, annee),
        # « Contrat de ville 2024-2030, pilier cohésion sociale »: what follows the name of the contract.
        cls_axes=story.asv.cls_reference.partition(", ")[2],
        city_contract_axes=story.asv.city_contract_reference.partition(", ")[2],
    )
    objectives = _objectives(story, programme, _committee(story, annee))
    for key, amount in story.data["envelopes"].items():
        funder = story.organisations[key]
        services.create_envelope(programme=programme, by=by, funder=funder, amount=Decimal(amount))
    call = _call(story, programme, annee, list(objectives.values()))
    _move(programme, ProgrammeTransition.OPEN, by)
    if annee == 1:
        _next_year_files(story, call, objectives)
        return
    for row in story.data["proposals"]:
        if annee in row["years"]:
            _decided_proposal(story, call, row, annee, objectives)
    _move(programme, ProgrammeTransition.ARBITRATE, by)
    services.move_programme(
        programme=programme, transition=ProgrammeTransition.VOTE, by=by, voted_on=_committee(story, annee)
    )
    _move(programme, ProgrammeTransition.RUN, by)


def _committee(story: Story, annee: int) -> dt.date:
    """The day the steering committee votes the programme and decides on the proposals."""
    return working_day(story.day(annee, 2, 12))


def _move(programme: Programme, transition: ProgrammeTransition, by) -> None:
    services.move_programme(programme=programme, transition=transition, by=by)


def close_last_year(story: Story) -> None:
    """Close last year's programme, once its actions are told."""
    with asv_scope(story.asv.pk):
        programme = Programme.objects.get(year=story.year - 1)
        _move(programme, ProgrammeTransition.CLOSE, story.coordinator)


def _objectives(story: Story, programme: Programme, voted_on: dt.date) -> dict[str, Objective]:
    """The objectives answer the priorities in force on the day of the vote."""
    priorities = story.priorities_on(voted_on)
    found: dict[str, Objective] = {}
    for position, row in enumerate(story.data["objectives"]):
        found[row["key"]] = services.create_objective(
            programme=programme,
            by=story.coordinator,
            parent=found[row["parent"]] if "parent" in row else None,
            level=ObjectiveLevel(row["level"]),
            title=row["title"],
            priorities=[priorities[key] for key in row["priorities"]],
            pilot=story.organisations[row["pilot"]],
            elected_referent=story.people[row["referent"]],
            position=position,
        )
    return found


def _call(story: Story, programme: Programme, annee: int, objectives: list[Objective]) -> Call:
    # After the committee of November, which adopts the priorities; before that of February, which decides.
    opens = _at(working_day(story.day(annee - 1, 12, 2)))
    closes = _at(working_day(story.day(annee, 1, 15)), 23).replace(minute=59)
    if annee == 1:
        opens, closes = _at(story.today - dt.timedelta(days=30)), _at(story.today + dt.timedelta(days=20), 23)
    call = services.create_call(
        programme=programme,
        by=story.coordinator,
        title=f"Appel à propositions {programme.year}",
        text=CALL_TEXT.format(year=programme.year, name=story.asv.name),
        objectives=objectives,
        publics=[term for term in story.terms.values() if term.kind == "public"],
        funders=[story.organisations[key] for key in story.data["envelopes"]],
        opens_at=opens,
        closes_at=closes,
        grace_hours=12,
        contact=f"{story.asv.contact_name}, {story.asv.contact_phone}",
        pieces=["bank_details"],
    )
    return services.publish_call(call=call, by=story.coordinator, at=opens)


CALL_TEXT = """L’atelier santé ville {name} soutient en {year} des actions de prévention, de promotion de la santé \
et d’accès aux soins dans les quartiers prioritaires.

Les actions répondent à un objectif du programme, se tiennent dans un quartier prioritaire ou pour ses habitants, et \
associent des habitants à leur préparation. Une même action peut être financée par plusieurs partenaires : un seul \
dossier suffit.

Chaque porteur choisit dès le dépôt deux ou trois indicateurs ; ils serviront au bilan, attendu avant le 30 juin de \
l’année suivante."""


# Proposals


def _draft(story: Story, call: Call, row: dict[str, Any], objectives: dict[str, Objective]) -> Proposal:
    """A proposal of which every step is filled."""
    year, at = call.programme.year, call.opens_at + dt.timedelta(days=10)
    by = story.partners.get(row["organisation"], story.coordinator)
    organisation = story.organisations[row["organisation"]]
    proposal = services.start_proposal(call=call, organisation=organisation, by=by, at=at)
    for step, fields, rows in (
        ("projet", _project(story, row, objectives, year), None),
        ("publics", _publics(story, row), _planned(row, story.data["results"][row["key"]])),
        ("budget", {}, _budget(story, row)),
        ("evaluation", {"evaluation_method": row["evaluation"]}, _indicators(row)),
        ("depot", {"iban": invented_iban(organisation.pk), "republican_contract": True, "sworn_statement": True}, None),
    ):
        services.save_step(proposal=proposal, step=step, token=None, fields=fields, rows=rows)
    return Proposal.objects.get(pk=proposal.pk)


def _project(story: Story, row: dict[str, Any], objectives: dict[str, Objective], year: int) -> dict[str, Any]:
    days = session_days(row, year)
    return {
        "title": row["title"],
        "frequency": "renewal" if len(row["years"]) > 1 else "first",
        "theme": story.terms[row["theme"]],
        "determinants": story.some_terms(row["determinants"]),
        "ottawa_axis": story.terms[row["ottawa"]],
        "objectives": [objectives[key] for key in row["objectives"]],
        "starts_on": days[0],
        "ends_on": days[-1],
    } | {name: row[name] for name in ("goals", "description", "human_means", "material_means", "partners")}


def _publics(story: Story, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "publics": story.some_terms(row["publics"]),
        "neighbourhoods": story.some_places(row["neighbourhoods"]) or list(story.places.values()),
        "place": row["place"],
        "expected_people": row["people"],
        "expected_qpv_people": row["people"] * 3 // 4,
    }


def _planned(row: dict[str, Any], results: dict[str, Any]) -> list[PlannedPublic]:
    """The people expected, by age and sex as they come to the action; the largest band takes what rounding left."""
    weights = dict(zip(AgeBand, results["ages"], strict=True))
    counts = {band: row["people"] * weight // sum(weights.values()) for band, weight in weights.items()}
    counts[max(weights, key=weights.__getitem__)] += row["people"] - sum(counts.values())
    women = {band: round(count * results["women"] / 100) for band, count in counts.items()}
    return [
        PlannedPublic(age_band=band, women=women[band], men=count - women[band])
        for band, count in counts.items()
        if count
    ]


def _budget(story: Story, row: dict[str, Any]) -> list[BudgetLine]:
    charges = [(CHARGE_CODES.get(code, code), amount) for code, amount in row["charges"].items()]
    lines = [BudgetLine(side=BudgetSide.CHARGE, code=code, amount=Decimal(amount)) for code, amount in charges]
    for key, amount in row["asked"].items():
        funder = story.organisations[key]
        code = FUNDER_CODES.get(key, "74x")
        lines.append(_product(code, amount, funder=funder, funding_state=FundingState.ASKED))
    lines.append(_product("insufprevisionnel", row["own"]))
    if row["volunteering"]:
        lines.append(BudgetLine(side=BudgetSide.CHARGE, code="864", amount=Decimal(row["volunteering"])))
        lines.append(_product("870", row["volunteering"]))
    return [line for line in lines if line.amount]


def _product(code: str, amount: int, **fields) -> BudgetLine:
    return BudgetLine(side=BudgetSide.PRODUCT, code=code, amount=Decimal(amount), **fields)


def _indicators(row: dict[str, Any]) -> list[ProposalIndicator]:
    return [
        ProposalIndicator(name=name, kind=kind, unit=unit, is_ratio=unit == "%", target=Decimal(target))
        for name, kind, unit, target in row["indicators"]
    ]


def _filed(story: Story, call: Call, row: dict[str, Any], objectives: dict[str, Objective]) -> Proposal:
    draft = _draft(story, call, row, objectives)
    for kind in call.pieces:
        file = SimpleUploadedFile("releve-identite-bancaire.pdf", bank_details(draft.iban), "application/pdf")
        services.add_piece(proposal=draft, kind=kind, file=file, by=draft.created_by)
    filed_on = working_day(timezone.localdate(call.opens_at) + dt.timedelta(days=15))
    return services.file_proposal(proposal=draft, by=draft.created_by, at=_at(filed_on))


@cache
def bank_details(number: str) -> bytes:
    """The piece that an invented organisation joins; no account has this number."""
    return render_pdf(BANK_DETAILS.format(number=iban.format(number))).content


BANK_DETAILS = """<!DOCTYPE html><html lang="fr"><head><title>Relevé d’identité bancaire</title></head>
<body><h1>Relevé d’identité bancaire</h1><p>{number}</p>
<p>Document d’exemple : aucun compte réel ne porte ce numéro.</p></body></html>"""


def _deliberated(story: Story, proposal: Proposal, on: dt.date) -> Proposal:
    items = dict.fromkeys(checklist(proposal), CheckAnswer.OK.value)
    by = story.coordinator
    services.record_check(proposal=proposal, by=by, on=on, items=items, outcome="admissible")
    return services.move_proposal(proposal=proposal, transition=ProposalTransition.DELIBERATE, by=by)


def _decided_proposal(
    story: Story, call: Call, row: dict[str, Any], annee: int, objectives: dict[str, Objective]
) -> None:
    on = _committee(story, annee)
    checked_on = working_day(story.day(annee, 1, 22))
    proposal = _deliberated(story, _filed(story, call, row, objectives), checked_on)
    outcome = (row["outcome"] if annee == 0 else "") or "accepted"
    decided = services.record_decisions(
        proposal=proposal,
        by=story.coordinator,
        decided_on=on,
        committee="Comité de pilotage",
        choices=[_choice(story, row, key, outcome) for key in row["asked"]],
    )
    if outcome == "accepted":
        action = services.action_of_proposal(proposal=decided, by=story.coordinator)
        services.move_action(action=action, transition=ActionTransition.START, by=story.coordinator)


def _choice(story: Story, row: dict[str, Any], key: str, outcome: str) -> FunderChoice:
    funder, granted = story.organisations[key], Decimal(row["granted"].get(key, 0))
    if outcome == "accepted" and granted:
        return FunderChoice(funder, DecisionOutcome.ACCEPTED, granted)
    if outcome == "adjourned":
        return FunderChoice(funder, DecisionOutcome.ADJOURNED, motive=ADJOURNED)
    return FunderChoice(funder, DecisionOutcome.REFUSED, motive=REFUSED)


def _next_year_files(story: Story, call: Call, objectives: dict[str, Objective]) -> None:
    """Next year's call is open: a draft, a file to check, one to complete, one waiting for the committee."""
    for row in story.data["proposals"]:
        stage = NEXT_YEAR.get(row["key"])
        if stage == "draft":
            _begun(story, call, row)
        elif stage:
            _advance(story, _filed(story, call, row, objectives), stage)


def _begun(story: Story, call: Call, row: dict[str, Any]) -> None:
    organisation, by = story.organisations[row["organisation"]], story.partners[row["organisation"]]
    draft = services.start_proposal(call=call, organisation=organisation, by=by, at=call.opens_at)
    fields = {"title": row["title"], "frequency": "renewal", "goals": row["goals"], "theme": story.terms[row["theme"]]}
    services.save_step(proposal=draft, step="projet", token=None, fields=fields)


def _advance(story: Story, proposal: Proposal, stage: str) -> None:
    if stage == "deliberation":
        _deliberated(story, proposal, story.today)
    if stage == "incomplete":
        items = dict.fromkeys(checklist(proposal), CheckAnswer.OK.value) | dict.fromkeys(
            ("dates", "budget"), CheckAnswer.MISSING.value
        )
        services.record_check(
            proposal=proposal,
            by=story.coordinator,
            on=story.today,
            items=items,
            outcome="incomplete",
            message="Merci de préciser le calendrier des ateliers et de joindre le devis de la diététicienne.",
        )
