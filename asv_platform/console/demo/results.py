"""The results of the demonstration: sessions, measures and reports over two years, the same at every run."""

import datetime as dt
import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from asv_platform.console.demo.days import session_days, working_day
from asv_platform.console.demo.story import Story
from asv_platform.territories.scoping import asv_scope
from evaluation import services
from evaluation.models import ActionIndicator, ActionReport, Session
from evaluation.selectors import AGE_FIELDS, report_sheet
from programmation.enums import ActionTransition
from programmation.models import Action, Programme
from programmation.services import move_action

PARIS = ZoneInfo("Europe/Paris")
QUIET_DAYS = 95  # an action that nobody told for a season
AHEAD = 4  # sessions announced after today
SATISFACTION = (4, 4, 3, 3, 3, 2, None)
EVERYBODY = "all"  # an indicator that counts all those who came, at each session
INDIRECT_RULE = "Part des charges communes de la structure, au prorata des heures consacrées à l’action."
ADJUSTED = "Poste ajusté aux montants réellement accordés par les financeurs."
PEOPLE = {"personnes", "enfants"}
NOTES = ("", "", "", "Beaucoup de nouveaux visages.", "Une séance calme, des échanges plus longs.")


@dataclass
class Told:
    """One action and what its data say of it; the draws depend on its key only."""

    story: Story
    action: Action
    row: dict[str, Any]
    results: dict[str, Any]
    annee: int
    draw: random.Random

    @property
    def by(self):
        return self.story.partners.get(self.row["organisation"], self.story.coordinator)

    @property
    def is_past(self) -> bool:
        return self.annee < 0


def build_results(story: Story) -> None:
    """Tell last year's actions to the end, and this year's up to today."""
    with asv_scope(story.asv.pk):
        for annee in (-1, 0):
            _year(story, annee)


def _year(story: Story, annee: int) -> None:
    programme = Programme.objects.get(year=story.year + annee)
    due_on = services.due_date(programme.year)
    told = _actions(story, programme, annee)
    for one in told:
        _sessions(one)
        _measures(one)
    services.open_reports(programme=programme, due_on=due_on, by=story.coordinator)
    for one in told:
        _follow(one)


def _actions(story: Story, programme: Programme, annee: int) -> list[Told]:
    rows = {row["title"]: row for row in story.data["proposals"]}
    found = []
    for action in Action.objects.filter(programme=programme).select_related("asv", "proposal", "organisation"):
        row = rows[action.title]
        draw = random.Random(f"{row['key']}:{annee}")  # noqa: S311 -- a story told the same way each time
        found.append(Told(story, action, row, story.data["results"][row["key"]], annee, draw))
    return found


# Sessions


def _days(one: Told) -> list[dt.date]:
    return session_days(one.row, one.story.year + one.annee)


def _sessions(one: Told) -> None:
    today, places = one.story.today, one.results.get("places") or [one.row["place"]]
    last = today - dt.timedelta(days=QUIET_DAYS) if _went_quiet(one) else today
    common = {"starts_at": one.results["at"], "hours": Decimal(one.results["hours"])}
    hoods = list(one.action.neighbourhoods.all())
    to_come = []
    for rank, day in enumerate(_days(one)):
        where = {"place": places[rank % len(places)][:200], "neighbourhood": hoods[rank % len(hoods)]} | common
        if day <= last:
            services.log_session(action=one.action, by=one.by, on=today, held_on=day, **where, **_people(one))
        elif day > today:
            to_come.append((day, where))
    for day, where in [] if _went_quiet(one) else to_come[:AHEAD]:
        services.plan_sessions(action=one.action, by=one.by, first_on=day, **where)


def _went_quiet(one: Told) -> bool:
    return not one.is_past and bool(one.results.get("quiet") or one.results.get("blocked"))


def _people(one: Told) -> dict[str, Any]:
    """Who came: around the same number each time, in the proportions of the data."""
    draw = one.draw
    # Where everybody counts, the group is a class or a course of a fixed size.
    spread = (0.9, 1.08) if EVERYBODY in one.results["times"] else (0.65, 1.35)
    people = max(round(one.results["group"] * draw.uniform(*spread)), 3)
    women = round(people * min(one.results["women"] * draw.uniform(0.9, 1.1), 100) / 100)
    told = round(people * draw.uniform(0.86, 1))
    bands = draw.choices(list(AGE_FIELDS), weights=one.results["ages"], k=told)
    ages = {name: bands.count(name) for name in AGE_FIELDS}
    return {
        "women": women,
        "men": people - women,
        "from_qpv": round(people * draw.uniform(0.62, 0.92)),
        "satisfaction": draw.choice(SATISFACTION),
        "note": draw.choice(NOTES),
    } | ages


# Measures


def _measures(one: Told) -> None:
    """Last year: near the target. This year: as far as the sessions went."""
    held = list(Session.objects.held().filter(action=one.action).order_by("held_on"))
    if not held:
        return
    done, came = min(len(held) / one.row["sessions"], 1), sum(session.people for session in held)
    indicators = ActionIndicator.objects.filter(action=one.action).order_by("pk")
    for indicator, times in zip(indicators, one.results["times"], strict=True):
        reach = float(indicator.target or 0) * done * one.draw.uniform(0.86, 1.14)
        services.take_measure(
            indicator=indicator,
            by=one.by,
            on=one.story.today,
            measured_on=held[-1].held_on,
            **_measured(one, indicator, came if times == EVERYBODY else reach),
        )


def _measured(one: Told, indicator: ActionIndicator, reach: float) -> dict[str, Any]:
    if not indicator.is_ratio:
        return {"value": Decimal(round(reach)), "comment": "Compté dans le carnet de séances."}
    asked = one.results.get("ratio_denominator", 40)
    return {
        "numerator": Decimal(min(round(asked * reach / 100), asked)),
        "denominator": Decimal(asked),
        "comment": "Questionnaire court rempli à la dernière séance du cycle.",
    }


# Reports


def _follow(one: Told) -> None:
    """Last year's action ends and reports; this year's may be blocked."""
    by, blocked = one.story.coordinator, one.results.get("blocked")
    if one.is_past:
        _report(one)
        move_action(action=one.action, transition=ActionTransition.FINISH, by=by)
    elif blocked:
        move_action(action=one.action, transition=ActionTransition.BLOCK, by=by, reason=blocked)


def _report(one: Told) -> None:
    """Written, then filed, then approved, as far as the data say."""
    report = ActionReport.objects.select_related("action__proposal", "action__asv").get(action=one.action)
    stage = one.results.get("state", "approved")
    _write(one, report, is_whole=stage != "late")
    if stage == "late":
        return
    filed_on = working_day(one.story.day(0, 5, 4) + dt.timedelta(days=one.draw.randrange(50)))
    services.file_report(report=report, by=one.by, at=_at(one, filed_on))
    if stage == "approved":
        approved_on = working_day(filed_on + dt.timedelta(days=one.draw.randrange(5, 20)))
        services.approve_report(report=report, by=one.story.coordinator, at=_at(one, approved_on))


def _at(one: Told, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(min(day, one.story.today), dt.time(11, 20), PARIS)


def _write(one: Told, report: ActionReport, *, is_whole: bool) -> None:
    sheet = report_sheet(report)
    texts: dict[str, Any] = {name: text for name, text in sheet.suggested.items() if name != "summary"}
    if "changed" in one.results:
        texts["objectives_reached"] = one.results["changed"]
    summary = f"{one.row['description']}\n\n{sheet.suggested['summary']}"
    later: dict[str, Any] = {"difficulties": one.results["difficulties"]}
    if is_whole:
        later |= {
            "lessons": one.results["lessons"],
            "next_steps": one.results["next_steps"],
            "indirect_rule": INDIRECT_RULE,
            "people_reached": _reached(one),
            "signatory": _signatory(one),
        }
    services.save_report(report=report, by=one.by, lines=_lines(sheet.money), summary=summary, **texts, **later)


def _reached(one: Told) -> int:
    """What the first indicator counted when it counts people, so that the pages agree; else near what was foreseen."""
    first = ActionIndicator.objects.filter(action=one.action).order_by("pk").prefetch_related("measures")[0]
    values = [measure.value for measure in first.measures.all()]
    if first.unit in PEOPLE and values:
        return int(values[-1])
    return round(one.row["people"] * one.draw.uniform(0.84, 1.08))


def _signatory(one: Told) -> str:
    found = next(row for row in one.story.data["organisations"] if row["key"] == one.row["organisation"])
    return ", ".join(part for part in found.get("representative", []) if part) or "La direction"


def _lines(money) -> dict[int, tuple[Decimal | None, str]]:
    """The largest charge takes what the funders granted less than asked, so that the account balances."""
    lines = {line.pk: (line.actual, line.explanation) for line in money.lines}
    largest = max(money.charges.lines, key=lambda line: line.planned)
    received = sum(line.planned if line.actual is None else line.actual for line in money.products.lines)
    gap = received - money.charges.planned
    if gap:
        lines[largest.pk] = (max(largest.planned + gap, Decimal(0)), ADJUSTED)
    return lines
