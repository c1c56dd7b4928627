"""Nobody works out a count of fewer than 11 people from what the pages, exports and documents show."""

import datetime as dt
import re
from dataclasses import fields

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from asv_platform.common.masking import THRESHOLD, counts_people, is_small
from asv_platform.territories.scoping import every_asv
from evaluation.models import ActionReport, Measure, Session
from evaluation.selectors import programme_results, suggestions
from evaluation.selectors.attendance import AGE_FIELDS, Attendance
from evaluation.selectors.indicators import IndicatorResult
from evaluation.selectors.reports import SessionFacts
from evaluation.selectors.shown import PARTS, ShownAttendance, shown_counts
from tests.factories.evaluation import ActionIndicatorFactory, ActionReportFactory, MeasureFactory, SessionFactory
from tests.factories.programmation import ActionFactory, ProgrammeFactory

Cell = tuple[str, str, str]  # which action (or all), which part, which label
ALL = "all"
MOST = 100_000


def attendances():
    """Participations whose parts make their total, small ones more often than in life."""
    count = st.integers(0, 30)

    @st.composite
    def made(draw):
        women, men = draw(count), draw(count)
        ages, left = [], women + men
        for _ in AGE_FIELDS:
            ages.append(draw(st.integers(0, min(left, 20))))
            left -= ages[-1]
        return Attendance(3, women, men, 0, tuple(ages), draw(st.integers(0, women + men)))

    return made()


class Reader:
    """Somebody who reads everything that is shown, and adds and subtracts for as long as it teaches something."""

    def __init__(self) -> None:
        self.low: dict[Cell, int] = {}
        self.high: dict[Cell, int] = {}
        self.sums: list[tuple[Cell, list[Cell]]] = []

    def reads(self, cell: Cell, text: str | None, count: int | None) -> None:
        low, high = (0, MOST) if text is None else (1, THRESHOLD - 1) if "moins" in text else (THRESHOLD, MOST)
        self.low[cell], self.high[cell] = (low, high) if count is None else (count, count)

    def reads_total(self, cell: Cell, text: str | None, count: int | None) -> None:
        # A total is « masqué » whether it is small or not: the word says nothing of it.
        self.reads(cell, text if text and "moins" in text else None, count)

    def learns(self) -> None:
        """Narrow every count by every sum until nothing moves."""
        moved = True
        while moved:
            moved = sum(self._narrow(whole, parts) for whole, parts in self.sums) > 0
            assert all(self.low[cell] <= self.high[cell] for cell in self.low), "the reader misunderstands a word"

    def _narrow(self, whole: Cell, parts: list[Cell]) -> bool:
        before = [(self.low[cell], self.high[cell]) for cell in (whole, *parts)]
        low, high = sum(self.low[part] for part in parts), sum(self.high[part] for part in parts)
        self.low[whole], self.high[whole] = max(self.low[whole], low), min(self.high[whole], high)
        for part in parts:
            others_low, others_high = low - self.low[part], high - self.high[part]
            self.low[part] = max(self.low[part], self.low[whole] - others_high)
            self.high[part] = min(self.high[part], self.high[whole] - others_low)
        return before != [(self.low[cell], self.high[cell]) for cell in (whole, *parts)]


def read_everything(reader: Reader, who: str, shown: ShownAttendance, raw: Attendance) -> None:
    total = (who, "total", "")
    reader.reads_total(total, shown.text, shown.people)
    for name, rows in PARTS.items():
        told = {label: (text, count) for label, text, count in getattr(shown, name)}
        for label, _ in rows(raw):
            reader.reads((who, name, label), *told.get(label, (None, None)))
        reader.sums.append((total, [(who, name, label) for label, _ in rows(raw)]))


@settings(max_examples=300)
@given(st.lists(attendances(), min_size=1, max_size=5))
def test_no_small_count_of_an_action_or_of_the_year_can_be_worked_out(rows):
    shown = shown_counts(dict(enumerate(rows)), {})
    whole = Attendance(
        sum(row.sessions for row in rows),
        sum(row.women for row in rows),
        sum(row.men for row in rows),
        0,
        tuple(map(sum, zip(*(row.ages for row in rows), strict=True))),
        sum(row.from_qpv for row in rows),
    )
    truth = {(ALL, "total", ""): whole.people}
    reader = Reader()
    read_everything(reader, ALL, shown.attendance, whole)
    for key, row in enumerate(rows):
        read_everything(reader, str(key), shown.by_action[key], row)
        truth[str(key), "total", ""] = row.people
    for who, row in [(ALL, whole), *((str(key), row) for key, row in enumerate(rows))]:
        truth |= {(who, name, label): count for name, cells in PARTS.items() for label, count in cells(row)}
    labels = {(name, label) for _, name, label in reader.low}
    for name, label in labels:
        cells = [(str(key), name, label) for key in range(len(rows)) if (str(key), name, label) in reader.low]
        if (ALL, name, label) in reader.low:
            reader.sums.append(((ALL, name, label), cells))

    reader.learns()

    known = {cell for cell, low in reader.low.items() if low == reader.high[cell]}
    assert not {cell: truth[cell] for cell in known if is_small(truth[cell])}


@given(st.dictionaries(st.integers(0, 9), st.integers(0, 40), min_size=1))
def test_no_small_count_of_distinct_people_can_be_worked_out(told):
    shown = shown_counts({}, told)
    reader = Reader()
    reader.reads_total((ALL, "", ""), shown.people_text or None, shown.people_total)
    for key in told:
        reader.reads((str(key), "", ""), shown.people[key], shown.people_known.get(key))
    reader.sums.append(((ALL, "", ""), [(str(key), "", "") for key in told]))

    reader.learns()

    assert not [
        key
        for key, count in told.items()
        if is_small(count) and reader.low[str(key), "", ""] == reader.high[str(key), "", ""]
    ]


@pytest.mark.parametrize(
    ("unit", "people"),
    [("personnes", True), ("", True), ("Rendez-vous", True), ("séances", False), ("heures de permanence", False)],
)
def test_what_is_counted_is_people_unless_its_unit_says_not(unit, people):
    assert counts_people(unit) is people


def result(**given) -> IndicatorResult:
    blank = dict.fromkeys([field.name for field in fields(IndicatorResult)])
    return IndicatorResult(
        **{
            **blank,
            "name": "Personnes reçues",
            "kind_label": "Résultat",
            "secrets": frozenset(),
            "unit": "personnes",
            "is_ratio": False,
            **given,
        }
    )


@pytest.mark.parametrize(
    ("given", "hidden"),
    [
        ({"value": 8, "target": 8}, True),
        ({"value": 12, "target": 8}, False),
        ({"value": 8, "unit": "séances"}, False),
        ({"value": 90, "is_ratio": True, "numerator": 45, "denominator": 50}, True),
        ({"value": 60, "is_ratio": True, "numerator": 30, "denominator": 50}, False),
    ],
)
def test_result_about_a_few_people_is_hidden_whole(given, hidden):
    shown = result(**given)

    assert bool(shown.hidden) is hidden
    assert (shown.state == "hidden") is hidden
    assert ("sur" in shown.detail) is (given.get("is_ratio", False) and not hidden)


def test_words_written_by_the_log_hold_no_small_count():
    few = Attendance(1, 5, 3, 0, (0,) * len(AGE_FIELDS), 8)
    shown = shown_counts({1: few}, {})

    found = suggestions(SessionFacts(0, 0, None, None, (), few), shown.by_action[1], (result(value=8),))

    assert not re.search(r"\b[1-9]\b(?!\sséance)", " ".join(found.values()))


@pytest.fixture
def small_year(blanc_mesnil):
    """Two actions: one of seven people, and one large enough to hide it."""
    programme = ProgrammeFactory(asv=blanc_mesnil)
    # Named here: the names that factories count up to would be read as counts.
    few, many = (
        ActionFactory(programme=programme, number=number, title=name, organisation__name=f"Porteur {name}")
        for number, name in enumerate(("Petite", "Grande"), start=1)
    )
    SessionFactory(action=few, women=4, men=3, from_qpv=6, age_60=5)
    SessionFactory(action=many, women=400, men=377, from_qpv=700, age_60=777)
    for action, people in ((few, 9), (many, 555)):
        ActionReportFactory(action=action, filed=True, people_reached=people)
        MeasureFactory(indicator=ActionIndicatorFactory(action=action, unit="personnes", target=100), value=people)
    return few, many


# The total of two hidden counts may be told: neither of them.
SECRETS = r"(?<![\d,.°-])(?:777|700|555|400|377)(?![\d,-])"


@pytest.mark.django_db
@pytest.mark.parametrize("export", ["", "csv"])
@pytest.mark.parametrize("name", ["overview", "session_list", "indicator_list", "report_list"])
def test_reader_is_shown_nothing_that_gives_a_small_action_away(client, bob, blanc_mesnil, small_year, name, export):
    client.force_login(bob)
    url = reverse(f"evaluation:{name}", kwargs={"asv": blanc_mesnil.slug})

    answer = client.get(f"{url}?format={export}" if export else url)

    text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
    text = re.sub(r"<[^>]+>", " ", text).replace("\u202f", "")
    assert re.findall(SECRETS, text) == []


# Actions of 6, 25 and 40 people: 46 in January, 25 in February, beside the day of each session.
SPREAD = [(6, dt.date(2026, 1, 13)), (40, dt.date(2026, 1, 20)), (25, dt.date(2026, 2, 10))]


@pytest.fixture
def months_of_a_year(blanc_mesnil):
    programme = ProgrammeFactory(asv=blanc_mesnil)
    for number, (women, held_on) in enumerate(SPREAD, start=1):
        action = ActionFactory(programme=programme, number=number)
        SessionFactory(action=action, women=women, men=0, from_qpv=0, held_on=held_on)
    return programme


@pytest.mark.django_db
def test_reader_who_knows_the_day_of_each_session_is_told_no_count_of_a_month(
    client, bob, blanc_mesnil, months_of_a_year
):
    client.force_login(bob)

    page = client.get(reverse("evaluation:overview", kwargs={"asv": blanc_mesnil.slug})).content.decode()

    text = re.sub(r"<[^>]+>", " ", page)
    assert "moins de 11" in text
    assert re.findall(r"(?<![\d,.°-])(?:25|46)(?![\d,.-])", text) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("women", "said"), [(0, "Aucune participation"), (4, "est masqué"), (71, "est masqué")])
def test_overview_says_that_the_detail_is_hidden_rather_than_missing(client, bob, blanc_mesnil, women, said):
    few = dict.fromkeys(("men", "unspecified", "from_qpv", "age_60"), women and 2)
    with every_asv(reason="rows"):
        action = ActionFactory(programme=ProgrammeFactory(asv=blanc_mesnil))
        SessionFactory(action=action, women=women, **few)
    client.force_login(bob)

    page = client.get(reverse("evaluation:overview", kwargs={"asv": blanc_mesnil.slug})).content.decode()

    assert said in page
    assert ("Aucune participation" in page) is (women == 0)


@pytest.mark.django_db
def test_months_of_a_year_are_the_same_whoever_came(in_asv, months_of_a_year):
    before = programme_results(months_of_a_year).months
    Session.objects.update(women=300, men=2, from_qpv=11)

    assert [(month.label, month.sessions) for month in before] == [("janv.", 2), ("févr.", 1)]
    assert programme_results(months_of_a_year).months == before


@pytest.mark.django_db
def test_export_of_the_log_carries_no_count(client, alice, blanc_mesnil, small_year):
    client.force_login(alice)
    url = reverse("evaluation:session_list", kwargs={"asv": blanc_mesnil.slug})

    page, export = (
        client.get(url).content.decode(),
        b"".join(client.get(f"{url}?format=csv").streaming_content).decode(),
    )

    assert "Présents" in page
    assert "Présents" not in export


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["session_history", "measure_history", "report_history"])
def test_history_of_numbers_is_for_those_who_may_write_them(client, alice, bob, blanc_mesnil, small_year, name):
    model, count, text = {
        "session_history": (Session, "women", "place"),
        "measure_history": (Measure, "value", "comment"),
        "report_history": (ActionReport, "people_reached", "summary"),
    }[name]
    with every_asv(reason="a row that changed"):
        row = model.objects.first()
        setattr(row, count, 601)
        row.save()
        setattr(row, text, "Ici")
        row.save()
    url = reverse(f"evaluation:{name}", kwargs={"asv": blanc_mesnil.slug, "pk": row.pk})

    told = []
    for user in (alice, bob):
        client.force_login(user)
        entries = client.get(url).context["entries"]
        told.append([change.after for entry in entries for change in entry.changes])

    assert [[after.removesuffix(",00") for after in one] for one in told] == [["Ici", "601"], ["Ici"]]
