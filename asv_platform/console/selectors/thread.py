"""The thread of a year, from a resident's words to the partner's report, and the places where it breaks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from asv_platform.common.counting import CountRows, figures_of
from asv_platform.common.formats import number, plural
from asv_platform.common.knots import Knot
from asv_platform.console.selectors.breaks import BrokenLink, Kind, kinds, page_of
from asv_platform.reporting.selectors import breaks as rules
from asv_platform.reporting.selectors.year import Year, current_year
from asv_platform.territories.models import Asv
from diagnostics.models import Voice
from evaluation.filters import held_in
from evaluation.models import ActionReport, Session
from evaluation.selectors import ShownProgramme, shown_programme
from programmation.filters import live_in
from programmation.models import Objective, Programme, Proposal

MAX_SHOWN = 50


@dataclass(frozen=True)
class Break:
    """All the broken links of one kind; ``count`` may exceed the links shown."""

    knot: str
    title: str
    why: str
    count: int
    links: tuple[BrokenLink, ...]


@dataclass(frozen=True)
class YearThread:
    """The thread of one year of programme."""

    programme: Programme | None
    knots: tuple[Knot, ...]
    breaks: tuple[Break, ...]
    broken: int  # how many links are broken in all, shown or not
    shown: ShownProgramme  # the counts of people of the programme
    next_committee: dt.date | None

    @property
    def is_unfinished(self) -> bool:
        """Whether some of its stages are still empty: nothing broken does not make it whole."""
        return any(knot.state == "todo" for knot in self.knots)

    @property
    def year(self) -> int | None:
        return self.programme.year if self.programme else None


def year_thread(asv: Asv, *, on: dt.date, breaks: int | None = None, links: int = MAX_SHOWN) -> YearThread:
    """The thread of the programme of ``on``'s year, or of the last one before it.

    Shows the first ``breaks`` kinds of broken links (all by default), ``links`` of each. Five queries, and one for
    each kind shown.
    """
    year = current_year(asv, on=on)
    found = list(kinds(year))
    columns = {f"break_{i}": CountRows(kind.rows) for i, kind in enumerate(found)}
    figures = figures_of(asv, **_columns(year), **columns)
    shown = shown_programme(year.programme) if year.programme else ShownProgramme()
    broken = [(kind, figures[f"break_{i}"]) for i, kind in enumerate(found) if figures[f"break_{i}"]]
    return YearThread(
        programme=year.programme,
        knots=tuple(_knots(year, figures, shown, broken)),
        shown=shown,
        next_committee=year.next_committee(),
        breaks=tuple(_break(kind, count, links) for kind, count in broken[:breaks]),
        broken=sum(count for _, count in broken),
    )


def _break(kind: Kind, count: int, links: int) -> Break:
    return Break(kind.knot, kind.title, kind.why, count, tuple(kind.link(row) for row in kind.rows[:links]))


def _columns(year: Year) -> dict:
    objectives = Objective.objects.active().filter(programme=year.programme)
    held = Session.objects.held().filter(action__in=rules.actions_in(year))
    reports = ActionReport.objects.active().filter(action__programme=year.programme)
    told = reports.rendered()
    return {
        "voices": CountRows(Voice.objects.active().filter(diagnostic=year.diagnostic)),
        "needs": CountRows(rules.needs_in(year)),
        "priorities": CountRows(rules.priorities_in(year)),
        "objectives": CountRows(objectives),
        "piloted": CountRows(objectives.filter(pilot__isnull=False)),
        "proposals": CountRows(Proposal.objects.received().filter(call__programme=year.programme)),
        "actions": CountRows(rules.actions_in(year)),
        "sessions": CountRows(held),
        "reports": CountRows(reports),
        "told": CountRows(told),
    }


def _knots(
    year: Year, figures: dict[str, int], shown: ShownProgramme, broken: list[tuple[Kind, int]]
) -> Iterable[Knot]:
    first = {kind.knot: (kind, count) for kind, count in reversed(broken)}
    edition = f"?diagnostic={year.diagnostic.pk}" if year.diagnostic else ""
    programme = f"?programme={year.programme.pk}" if year.programme else ""
    live, held = (live_in(year.programme), held_in(year.programme)) if year.programme else ("", "")
    for name, key, sub, url_name, query in (
        ("Paroles", "voices", "recueillies", "diagnostics:voice_list", edition),
        ("Besoins", "needs", "reconnus", "diagnostics:need_list", edition),
        ("Priorités", "priorities", "votées", "diagnostics:priority_list", edition),
        ("Objectifs", "objectives", f"{number(figures['piloted'])} pilotés", "programmation:objective_list", programme),
        ("Propositions", "proposals", "déposées", "programmation:proposal_list", programme),
        ("Actions", "actions", "financées", "programmation:action_list", live),
        ("Séances", "sessions", _presences(shown), "evaluation:session_list", held),
        ("Bilans", "told", f"sur {number(figures['reports'])}", "evaluation:report_list", programme),
    ):
        kind, count = first.get(name, (None, 0))
        yield Knot(
            kind=name,
            big=number(figures[key]),
            sub="" if kind else sub,
            url=page_of(year, url_name) + query,
            state="missing" if kind else "done" if figures[key] else "todo",
            # The knot already says the first word of « Besoins sans priorité ».
            action_label=f"{number(count)} {kind.title.partition(' ')[2]}" if kind else "",
            action_url=f"{page_of(year, 'console:thread')}#{name.lower()}" if kind else "",
        )


def _presences(shown: ShownProgramme) -> str:
    people = shown.attendance.people
    return plural(people, "participation") if people is not None else "participations masquées"
