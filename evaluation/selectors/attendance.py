"""Who came, counted by the database: by sex, age and neighbourhood. Raw counts: ``shown`` says which may be read."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Aggregate, Count, Q, QuerySet, Sum

from evaluation.enums import SessionState
from evaluation.querysets import SessionQuerySet
from programmation.enums import AgeBand

# The field of each age band.
AGE_FIELDS: dict[str, AgeBand] = {
    "age_0_5": AgeBand.A0_5,
    "age_6_11": AgeBand.A6_11,
    "age_12_17": AgeBand.A12_17,
    "age_18_25": AgeBand.A18_25,
    "age_26_59": AgeBand.A26_59,
    "age_60": AgeBand.A60,
}
SEX_FIELDS = {"women": "Femmes", "men": "Hommes", "unspecified": "Sans précision"}
UNKNOWN_AGE = "Âge non noté"
HELD, PLANNED = Q(state=SessionState.HELD), Q(state=SessionState.PLANNED)
COUNT_FIELDS = (*SEX_FIELDS, *AGE_FIELDS, "from_qpv")


@dataclass(frozen=True)
class Attendance:
    """The participations of some held sessions: somebody who came twice counts twice."""

    sessions: int = 0
    women: int = 0
    men: int = 0
    unspecified: int = 0
    ages: tuple[int, ...] = (0,) * len(AGE_FIELDS)
    from_qpv: int = 0

    @property
    def people(self) -> int:
        """All the participations."""
        return self.women + self.men + self.unspecified

    @property
    def unknown_age(self) -> int:
        """Participations whose age was not noted: with the bands, they make the total."""
        return self.people - sum(self.ages)

    @property
    def outside_qpv(self) -> int:
        return self.people - self.from_qpv

    @property
    def age_rows(self) -> list[tuple[str, int]]:
        """(band, count) for each band, then those of unknown age when there are some."""
        rows = [(str(band.label), count) for band, count in zip(AGE_FIELDS.values(), self.ages, strict=True)]
        return [*rows, (UNKNOWN_AGE, self.unknown_age)] if self.unknown_age else rows

    @property
    def sex_rows(self) -> list[tuple[str, int]]:
        """(sex, count), unknown left out when there are none."""
        rows = [("Femmes", self.women), ("Hommes", self.men)]
        return [*rows, ("Sans précision", self.unspecified)] if self.unspecified else rows


def attendance_by_action(sessions: SessionQuerySet) -> dict[int, tuple[Attendance, int]]:
    """The participations of the held sessions of each action, and its sessions still to come, in one query."""
    rows = sessions.active().order_by().values("action").annotate(**sums(HELD), planned=Count("pk", filter=PLANNED))
    return {row["action"]: (attendance_of(row), row["planned"]) for row in rows}


def attendance_with_programme(sessions: SessionQuerySet) -> list[tuple[int, int, Attendance]]:
    """(action, programme, participations of its held sessions) for each action, in one query."""
    rows = sessions.active().order_by().values("action", "action__programme").annotate(**sums(HELD))
    return [(row["action"], row["action__programme"], attendance_of(row)) for row in rows]


def totals(sessions: QuerySet) -> dict[str, int | None]:
    """The sum of each count over these sessions, and how many they are (``sessions``)."""
    return sessions.order_by().aggregate(**sums())


def attendance_of(sums: Mapping[str, int | None]) -> Attendance:
    """The participations from sums named like the fields with ``sum_`` before."""
    counts = {name: sums[f"sum_{name}"] or 0 for name in COUNT_FIELDS}
    ages = tuple(counts.pop(name) for name in AGE_FIELDS)
    return Attendance(sessions=sums["sessions"] or 0, ages=ages, **counts)


def sums(only: Q | None = None) -> dict[str, Aggregate]:
    """The aggregates that ``attendance_of`` reads, over the rows that ``only`` keeps."""
    return {f"sum_{name}": Sum(name, filter=only) for name in COUNT_FIELDS} | {"sessions": Count("pk", filter=only)}
