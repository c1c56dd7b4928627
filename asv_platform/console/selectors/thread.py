"""The thread of a year, from a resident's words to the partner's report, and the places where it breaks."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q

from asv_platform.common.formats import number
from asv_platform.common.knots import Knot
from asv_platform.console.selectors.breaks import BrokenLink, Ground, Kind, kinds
from asv_platform.console.selectors.counting import count_of, counts, sum_of
from asv_platform.territories.models import Asv
from diagnostics.models import Diagnostic, Voice
from evaluation.enums import ReportState, SessionState
from evaluation.models import ActionReport, Session
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

    @property
    def year(self) -> int | None:
        return self.programme.year if self.programme else None


def year_thread(asv: Asv, *, on: dt.date, breaks: int | None = None, links: int = MAX_SHOWN) -> YearThread:
    """The thread of the programme of ``on``'s year, or of the last one before it.

    Shows the first ``breaks`` kinds of broken links (all by default), ``links`` of each. Three queries, and one for
    each kind shown.
    """
    ground = _ground(asv, on)
    found = list(kinds(ground))
    figures = counts(asv, _columns(ground) | {f"break_{i}": count_of(kind.rows) for i, kind in enumerate(found)})
    broken = [(kind, figures[f"break_{i}"]) for i, kind in enumerate(found) if figures[f"break_{i}"]]
    return YearThread(
        programme=ground.programme,
        knots=tuple(_knots(ground, figures, broken)),
        breaks=tuple(_break(kind, count, links) for kind, count in broken[:breaks]),
        broken=sum(count for _, count in broken),
    )


def _ground(asv: Asv, on: dt.date) -> Ground:
    """The programme of the year, and the diagnostic it stands on: the latest one of its year or before."""
    programme = Programme.objects.active().filter(year__lte=on.year).order_by("-year").first()
    diagnostics = Diagnostic.objects.active().filter(Q(needs__isnull=False) | Q(priorities__isnull=False))
    if programme:
        diagnostics = diagnostics.filter(year__lte=programme.year)
    year = diagnostics.order_by("-year").values_list("year", flat=True).first()
    return Ground(asv, programme, year, on)


def _break(kind: Kind, count: int, links: int) -> Break:
    return Break(kind.knot, kind.title, kind.why, count, tuple(kind.link(row) for row in kind.rows[:links]))


def _columns(ground: Ground) -> dict:
    of_year = {"programme": ground.programme}
    objectives = Objective.objects.active().filter(**of_year)
    held = Session.objects.active().filter(action__programme=ground.programme, state=SessionState.HELD)
    reports = ActionReport.objects.active().filter(action__programme=ground.programme)
    told = reports.filter(state__in=[ReportState.FILED, ReportState.APPROVED])
    return {
        "voices": count_of(Voice.objects.active()),
        "needs": count_of(ground.needs()),
        "priorities": count_of(ground.priorities()),
        "objectives": count_of(objectives),
        "piloted": count_of(objectives.filter(pilot__isnull=False)),
        "proposals": count_of(Proposal.objects.received().filter(call__programme=ground.programme)),
        "actions": count_of(ground.actions()),
        "sessions": count_of(held),
        "people": sum_of(held, F("women") + F("men") + F("unspecified")),
        "reports": count_of(reports),
        "told": count_of(told),
    }


def _knots(ground: Ground, figures: dict[str, int], broken: list[tuple[Kind, int]]) -> Iterable[Knot]:
    first = {kind.knot: (kind, count) for kind, count in reversed(broken)}
    for name, key, sub, url_name in (
        ("Paroles", "voices", "recueillies", "diagnostics:voice_list"),
        ("Besoins", "needs", "reconnus", "diagnostics:need_list"),
        ("Priorités", "priorities", "votées", "diagnostics:priority_list"),
        ("Objectifs", "objectives", f"{number(figures['piloted'])} pilotés", "programmation:objective_list"),
        ("Propositions", "proposals", "déposées", "programmation:proposal_list"),
        ("Actions", "actions", "financées", "programmation:action_list"),
        ("Séances", "sessions", f"{number(figures['people'])} présences", "evaluation:session_list"),
        ("Bilans", "told", f"sur {number(figures['reports'])}", "evaluation:report_list"),
    ):
        kind, count = first.get(name, (None, 0))
        yield Knot(
            kind=name,
            big=number(figures[key]),
            sub="" if kind else sub,
            url=ground.url(url_name),
            state="missing" if kind else "done",
            # The knot already says the first word of « Besoins sans priorité ».
            action_label=f"{number(count)} {kind.title.partition(' ')[2]}" if kind else "",
            action_url=f"{ground.url('console:thread')}#{name.lower()}" if kind else "",
        )
