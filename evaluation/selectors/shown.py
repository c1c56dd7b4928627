"""Who came and who was reached, as may be read: what concerns fewer than 11 people is hidden, and what gives it away.

The counts of the actions of a programme are published beside their total: what is hidden of one action depends on the
others. Every page, export and document takes its counts from here; only the forms show what was typed.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import F

from asv_platform.common import masking
from asv_platform.common.charts import Bar, Chart, Share, horizontal_bars, stacked_share
from asv_platform.common.masking import HIDDEN, SMALL, is_small, shared
from evaluation.enums import ReportKind
from evaluation.models import ActionReport, Session
from evaluation.querysets import RENDERED_STATES
from evaluation.selectors.attendance import AGE_FIELDS, Attendance, attendance_of, attendance_with_programme, totals
from programmation.enums import ActionState
from programmation.models import Action, Programme

# A line of a part: its label, what is written, and the count when it may be read.
Line = tuple[str, str, int | None]
PARTS: dict[str, Callable[[Attendance], list[tuple[str, int]]]] = {
    "sexes": lambda found: found.sex_rows,
    "ages": lambda found: found.age_rows,
    "places": lambda found: [("Quartiers prioritaires", found.from_qpv), ("Autres quartiers", found.outside_qpv)],
}


@dataclass(frozen=True)
class ShownAttendance:
    """The participations of some sessions; a part that would give a count away is left out."""

    sessions: int = 0
    people: int | None = 0  # None when it is hidden: ``text`` then says why
    text: str = "0"
    sexes: tuple[Line, ...] = ()
    ages: tuple[Line, ...] = ()
    places: tuple[Line, ...] = ()

    @property
    def average(self) -> int | None:
        """Participations a session, rounded; None when the total is hidden."""
        return round(self.people / self.sessions) if self.people and self.sessions else None

    @property
    def women_share(self) -> int | None:
        """The share of women among those whose sex was noted, in percent."""
        counts = self.counts(self.sexes)
        women, men = counts.get("Femmes"), counts.get("Hommes")
        return None if women is None or men is None else shared(women, women + men)

    @property
    def qpv_share(self) -> int | None:
        """The share of people from priority neighbourhoods, in percent."""
        inside = self.from_qpv
        return None if inside is None or not self.people else shared(inside, self.people)

    @property
    def from_qpv(self) -> int | None:
        return self.counts(self.places).get("Quartiers prioritaires")

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every count of every part that may be read."""
        return tuple(line for name in PARTS for line in getattr(self, name))

    @staticmethod
    def counts(part: tuple[Line, ...]) -> dict[str, int | None]:
        """The counts of a part by label, None where they are hidden."""
        return {label: count for label, _, count in part}


def shown_attendance(found: Attendance, *, word: str = "", without: Iterable[str] = ()) -> ShownAttendance:
    """The participations as may be read. ``word`` is written for the total, ``without`` names parts left out."""
    word = word or (SMALL if is_small(found.people) else "")
    parts = {name: () if word or name in without else _part(rows(found)) for name, rows in PARTS.items()}
    people = None if word else found.people
    return ShownAttendance(found.sessions, people, masking.shown(found.people, word), **parts)


def _part(rows: list[tuple[str, int]]) -> tuple[Line, ...]:
    counts = [count for _, count in rows]
    if masking.total_hides(counts):
        return ()
    words = masking.masks(counts)
    return tuple(
        (label, masking.shown(count, word), None if word else count)
        for (label, count), word in zip(rows, words, strict=True)
    )


@dataclass(frozen=True)
class ShownProgramme:
    """The counts of a programme, and of each of its actions by key."""

    attendance: ShownAttendance = field(default_factory=ShownAttendance)
    by_action: Mapping[int, ShownAttendance] = field(default_factory=dict)
    # The distinct people that filed reports declare: what is written of each action, and of all of them.
    people: Mapping[int, str] = field(default_factory=dict)
    people_known: Mapping[int, int] = field(default_factory=dict)
    people_total: int | None = None
    people_text: str = ""
    declared_by: int = 0
    # The counts hidden of each action: an indicator that repeats one is hidden with it.
    secrets: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def secrets_of(self, action_id: int) -> frozenset[int]:
        """The counts hidden of an action."""
        return self.secrets.get(action_id, frozenset())

    def reached(self, report: ActionReport) -> str:
        """The distinct people of one report (its action loaded); hidden when those of its action are."""
        if report.people_reached is None:
            return ""
        is_hidden = report.action_id in self.people and report.action_id not in self.people_known
        return masking.shown(report.people_reached, HIDDEN if is_hidden and not is_small(report.people_reached) else "")


def shown_programme(programme: Programme) -> ShownProgramme:
    """The counts of the actions of a programme, those cancelled left out; two queries."""
    return shown_programmes(programme).get(programme.pk, ShownProgramme())


def shown_programmes(*programmes: Programme) -> dict[int, ShownProgramme]:
    """The same for several programmes by key (all those of the ASV by default); two queries."""
    actions = Action.objects.live()
    if programmes:
        actions = actions.filter(programme__in=programmes)
    reports = ActionReport.objects.rendered().filter(action__in=actions.values("pk"), people_reached__isnull=False)
    came: dict[int, dict[int, Attendance]] = defaultdict(dict)
    told: dict[int, dict[int, list[ActionReport]]] = defaultdict(lambda: defaultdict(list))
    for key, programme, found in attendance_with_programme(Session.objects.filter(action__in=actions.values("pk"))):
        came[programme][key] = found
    for report in reports.annotate(programme=F("action__programme")):
        told[report.programme][report.action_id].append(report)
    return {pk: shown_counts(came[pk], declared(told[pk])) for pk in {*came, *told}}


def declared(told: Mapping[int, list[ActionReport]]) -> dict[int, int]:
    """The distinct people of each action that told them."""
    return {pk: people for pk, reports in told.items() if (people := distinct_people(reports)) is not None}


def distinct_people(reports: list[ActionReport]) -> int | None:
    """The distinct people declared: by the final report filed, else by the interim one; None when nobody said."""
    told = [report for report in reports if report.state in RENDERED_STATES and report.people_reached is not None]
    by_kind = {report.kind: report.people_reached for report in told}
    return by_kind.get(ReportKind.FINAL, by_kind.get(ReportKind.INTERIM))


def shown_counts(came: Mapping[int, Attendance], told: Mapping[int, int]) -> ShownProgramme:
    """The same, from the participations and the distinct people of each action; no query."""
    keys, rows = list(came), list(came.values())
    words = masking.masks([row.people for row in rows])
    whole, out = added(rows), {index for index, word in enumerate(words) if word}
    total_word = HIDDEN if masking.total_hides([row.people for row in rows]) else ""
    without: list[set[str]] = [set() for _ in rows]
    left_out = set()
    for name, hidden, columns in _tables(rows, out):
        left_out |= {name} if columns else set()
        for index in range(len(rows)):
            without[index] |= {name} if hidden[index] else set()
    people = masking.masks(list(told.values()))
    people_total = None if masking.total_hides(list(told.values())) else sum(told.values())
    return ShownProgramme(
        attendance=shown_attendance(whole, word=SMALL if is_small(whole.people) else total_word, without=left_out),
        by_action={
            key: shown_attendance(row, word=word, without=parts)
            for key, row, word, parts in zip(keys, rows, words, without, strict=True)
        },
        people={key: masking.shown(told[key], word) for key, word in zip(told, people, strict=True)},
        people_known={key: told[key] for key, word in zip(told, people, strict=True) if not word},
        people_total=people_total,
        people_text=masking.shown(sum(told.values()), HIDDEN if people_total is None else "") if told else "",
        declared_by=len(told),
        secrets=_secrets(
            [(key, row.people) for key, row, word in zip(keys, rows, words, strict=True) if word]
            + [(key, told[key]) for key, word in zip(told, people, strict=True) if word]
        ),
    )


def _secrets(pairs: list[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for key, count in pairs:
        found[key] = found.get(key, frozenset()) | {count}
    return found


def _tables(rows: list[Attendance], out: set[int]) -> Iterable[tuple[str, list[bool], bool]]:
    """For each part: the actions that leave it out, and whether their total must too."""
    for name in PARTS:
        cells = [_cells(name, row) for row in rows]
        hidden = masking.hidden_rows(cells, also=out)
        yield name, hidden, masking.columns_hide(cells, hidden)


def _cells(name: str, row: Attendance) -> list[int]:
    if name == "sexes":
        return [row.women, row.men, row.unspecified]
    return [row.from_qpv, row.outside_qpv] if name == "places" else [*row.ages, row.unknown_age]


def added(rows: Collection[Attendance]) -> Attendance:
    """The participations of all these together."""
    return Attendance(
        sessions=sum(row.sessions for row in rows),
        women=sum(row.women for row in rows),
        men=sum(row.men for row in rows),
        unspecified=sum(row.unspecified for row in rows),
        ages=tuple(sum(row.ages[band] for row in rows) for band in range(len(AGE_FIELDS))),
        from_qpv=sum(row.from_qpv for row in rows),
    )


def shown_action(action: Action) -> tuple[ShownAttendance, ShownProgramme]:
    """The participations of one action as in the tables of its programme, and the counts of this programme."""
    programme = shown_programme(action.programme)
    if action.state == ActionState.CANCELLED:
        alone = attendance_of(totals(Session.objects.held().filter(action=action)))
        return shown_attendance(alone), programme
    return programme.by_action.get(action.pk, ShownAttendance()), programme


def shown_charts(found: ShownAttendance) -> list[Chart]:
    """The parts that may be read: ages, sexes, neighbourhoods."""
    charts = [_bars("Participations par âge", "Âge", found.ages)] if found.ages else []
    if found.sexes:
        charts.append(_shares("Femmes et hommes", "Sexe", found.sexes))
    if found.places:
        charts.append(_shares("Quartiers prioritaires", "Quartier", found.places))
    return charts


def _bars(title: str, header: str, part: tuple[Line, ...]) -> Chart:
    bars = [Bar(label, count, "" if count is not None else text) for label, text, count in part]
    return horizontal_bars(title, bars, headers=(header, "Participations"))


def _shares(title: str, header: str, part: tuple[Line, ...]) -> Chart:
    """The parts of a whole, or bars when one of them is hidden."""
    known = [Share(label, count) for label, _, count in part if count is not None]
    return stacked_share(title, known) if len(known) == len(part) else _bars(title, header, part)
