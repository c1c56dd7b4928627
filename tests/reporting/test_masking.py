"""Small numbers: hidden, and not to be worked out from the rest."""

import dataclasses
import itertools
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asv_platform.common.masking import HIDDEN, SMALL, THRESHOLD, is_small, masks, total_hides
from asv_platform.reporting.annual import annual_document
from asv_platform.reporting.note import note_document
from asv_platform.reporting.selectors import annual_snapshot as read_year
from asv_platform.reporting.totals import totals_of
from evaluation.enums import ReportKind
from evaluation.selectors import indicator_results, programme_results
from tests.factories.evaluation import ActionIndicatorFactory, ActionReportFactory, MeasureFactory, SessionFactory
from tests.factories.programmation import ActionFactory
from tests.factories.reporting import annual_snapshot
from tests.reporting.test_annual import ON, YearRows


@pytest.mark.parametrize(("count", "small"), [(None, False), (0, False), (1, True), (10, True), (11, False)])
def test_count_is_small_from_one_to_ten(count, small):
    assert is_small(count) is small


def test_one_small_count_hides_the_smallest_other():
    assert masks([40, 7, 25]) == ["", SMALL, HIDDEN]


def test_one_small_count_hides_its_partner_first():
    assert masks([40, 23, 30, 7], partner=lambda index: (index + 2) % 4) == ["", HIDDEN, "", SMALL]


def test_two_small_counts_whose_sum_is_small_hide_a_third():
    assert masks([3, 4, 60, 20]) == [SMALL, SMALL, "", HIDDEN]


@given(st.lists(st.none() | st.integers(0, 60), max_size=12))
def test_no_small_sum_is_left_to_be_worked_out(counts):
    words = masks(counts)
    hidden = [count for count, word in zip(counts, words, strict=True) if word]
    shown = [count for count, word in zip(counts, words, strict=True) if count and not word]

    assert not any(is_small(count) for count in shown)
    assert not hidden or not shown or (len(hidden) >= 2 and sum(hidden) >= THRESHOLD)


@pytest.mark.parametrize("counts", [[1, 11, 30], [10, 10, 40], [2, 11, 11, 50], [9, 10, 12, 80]])
def test_words_and_total_do_not_give_a_small_count_away(counts):
    """1 and 11 hidden together add up to 12: « moins de 11 » could only be 1."""
    words = masks(counts)
    hidden = sum(count for count, word in zip(counts, words, strict=True) if word)

    assert all(len(found) >= 3 for found in explanations(words, hidden))


@given(st.lists(st.integers(0, 25), min_size=2, max_size=4))
def test_reader_who_adds_and_subtracts_is_left_with_three_values(counts):
    words = masks(counts)
    hidden = sum(count for count, word in zip(counts, words, strict=True) if word)

    if not all(word for count, word in zip(counts, words, strict=True) if count):
        assert all(len(found) >= 3 for found in explanations(words, hidden))


def explanations(words, total) -> list[set[int]]:
    """For each small count, the values that agree with the words and with what the hidden counts add up to."""
    ranges = [range(1, 11) if word == SMALL else range(11, 60) for word in words if word]
    fits = [values for values in itertools.product(*ranges[:-1]) if total - sum(values) in ranges[-1]] if ranges else []
    rows = [(*values, total - sum(values)) for values in fits]
    smalls = [index for index, word in enumerate(word for word in words if word) if word == SMALL]
    return [{row[index] for row in rows} for index in smalls]


def test_small_counts_are_nowhere_in_the_report():
    snapshot = annual_snapshot()
    first, *others = snapshot.actions
    measure = dataclasses.replace(first.measures[0], result=Decimal(8), counts_people=True)
    few = dataclasses.replace(first, people=8, measures=(measure,))

    made = annual_document(dataclasses.replace(snapshot, actions=(few, *others)))
    note = note_document(dataclasses.replace(snapshot, actions=(few,)))

    assert "<b>8</b>" not in made.html
    assert f"<b>{SMALL}</b>" in made.html.replace("\u00a0", " ")
    assert "moins de 11" in made.attachments[0].content
    assert '<p class="v">8</p>' not in note.html


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [([10, 10], True), ([3], True), ([4, 5], True), ([50, 60], False), ([], False), ([5, 40, 300], False)],
)
def test_total_is_hidden_when_it_would_give_a_masked_count_away(counts, hidden):
    assert total_hides(counts) is hidden


@pytest.fixture
def small_year(blanc_mesnil):
    """Three actions: one reached seven people, the smallest of the others is hidden with it."""
    rows = YearRows(blanc_mesnil)
    for people in (7, 347, 6418):
        action = rows.action(people_reached=people)
        SessionFactory(action=action, women=people, men=0, from_qpv=0)
        indicator = ActionIndicatorFactory(action=action, name="Personnes formées", unit="professionnels")
        MeasureFactory(indicator=indicator, value=people)
    return rows


@pytest.mark.django_db
def test_documents_repeat_no_hidden_count(in_asv, small_year):
    """347 is hidden so that 7 cannot be worked out from the total: no indicator, effect or figure prints it."""
    snapshot = read_year(in_asv, year=2025, on=ON)
    made = annual_document(snapshot)

    printed = " ".join([made.html, note_document(snapshot).html, *(file.content for file in made.attachments)])
    printed = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", printed, flags=re.S)

    assert re.findall(r"(?<![\d,.])347(?![\d,])", printed) == []


@pytest.fixture
def repeated_year(blanc_mesnil):
    """Five participations and 714: an indicator of the second action repeats the 714."""
    rows = YearRows(blanc_mesnil)
    few, many = ActionFactory(programme=rows.programme), ActionFactory(programme=rows.programme)
    SessionFactory(action=few, women=5, men=0, from_qpv=0)
    SessionFactory(action=many, women=714, men=0, from_qpv=0)
    MeasureFactory(indicator=ActionIndicatorFactory(action=many), value=714)
    return rows


@pytest.mark.django_db
def test_documents_hide_the_indicator_that_the_pages_hide(in_asv, repeated_year):
    results = programme_results(repeated_year.programme)
    _, on_screen = (
        indicator_results(row, results.shown.secrets_of(row.pk))
        for row in repeated_year.programme.actions.order_by("number")
    )

    snapshot = read_year(in_asv, year=2025, on=ON)
    made = annual_document(snapshot)

    [measure] = snapshot.actions[1].measures
    assert (measure.hidden, results.attendance.people) == (on_screen[0].shown_value, 719)
    assert measure.hidden == HIDDEN
    printed = " ".join([made.html, note_document(snapshot).html, *(file.content for file in made.attachments)])
    printed = re.sub(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", " ", printed, flags=re.S)
    assert re.findall(r"(?<![\d,.])714(?![\d,])", printed) == []


@pytest.mark.django_db
def test_documents_count_the_people_that_the_pages_count(in_asv, blanc_mesnil):
    """A total over other actions than on the page would give away what the page hides: 45 - 40 = 5."""
    rows = YearRows(blanc_mesnil)
    for people, kind in ((5, ReportKind.FINAL), (40, ReportKind.FINAL), (14, ReportKind.INTERIM)):
        ActionReportFactory(
            action=ActionFactory(programme=rows.programme), filed=True, kind=kind, people_reached=people
        )

    totals = totals_of(read_year(in_asv, year=2025, on=ON))

    assert totals.people == programme_results(rows.programme).shown.people_total == 59


@pytest.mark.django_db
def test_share_of_a_few_people_is_not_kept(in_asv, blanc_mesnil):
    rows = YearRows(blanc_mesnil)
    SessionFactory(action=ActionFactory(programme=rows.programme), women=400, men=0, from_qpv=396)

    [action] = read_year(in_asv, year=2025, on=ON).actions

    assert (action.participations, action.participations_in_qpv) == (400, None)
