"""Several figures in one query."""

import pytest
from django.db.models import F, OuterRef

from actors.models import Organisation
from asv_platform.common.counting import CountRows, figures_of
from diagnostics.models import Diagnostic, Need
from tests.factories.actors import OrganisationFactory
from tests.factories.diagnostics import DiagnosticFactory, NeedFactory, PriorityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_asv")]


@pytest.fixture
def diagnostic(blanc_mesnil):
    """Two needs, in four neighbourhoods in all; the second answers two priorities."""
    diagnostic = DiagnosticFactory(asv=blanc_mesnil)
    needs = [NeedFactory(diagnostic=diagnostic, asv=blanc_mesnil, severity=severity) for severity in (2, 4)]
    for need in needs:
        need.neighbourhoods.set(blanc_mesnil.neighbourhoods.all())
    for rank in (1, 2):
        PriorityFactory(diagnostic=diagnostic, asv=blanc_mesnil, rank=rank, needs=needs[1:])
    return diagnostic


def test_every_figure_comes_from_one_query(diagnostic, django_assert_num_queries):
    needs = Need.objects.filter(diagnostic=diagnostic)

    columns = {"need_total": CountRows(needs), "when": F("year")}
    with django_assert_num_queries(1):
        figures = figures_of(diagnostic, **columns)

    assert figures == {"need_total": 2, "when": diagnostic.year}


def test_a_row_returned_by_several_joins_counts_once(diagnostic):
    answered = Need.objects.filter(priorities__isnull=False, neighbourhoods__isnull=False)

    figures = figures_of(diagnostic, count=CountRows(answered))

    assert answered.count() == 4
    assert figures == {"count": 1}


def test_different_values_are_counted_and_nulls_are_none(diagnostic):
    places = CountRows(Need.objects.all(), of="neighbourhoods")
    answers = CountRows(Need.objects.all(), of="priorities")

    assert figures_of(diagnostic, places=places, answers=answers) == {"places": 2, "answers": 2}


def test_no_row_makes_zero(diagnostic):
    nothing = Need.objects.filter(severity=9)
    impossible = Need.objects.filter(pk__in=[])

    figures = figures_of(
        diagnostic,
        counted=CountRows(nothing),
        impossible_count=CountRows(impossible),
    )

    assert set(figures.values()) == {0}


def test_rows_may_refer_to_the_outer_query(diagnostic, blanc_mesnil):
    DiagnosticFactory(asv=blanc_mesnil, year=diagnostic.year + 1)

    rows = Diagnostic.objects.annotate(
        needs_here=CountRows(Need.objects.filter(diagnostic=OuterRef("pk"))),
    )

    assert list(rows.order_by("year").values_list("needs_here", flat=True)) == [2, 0]


@pytest.fixture
def organisations(blanc_mesnil):
    """One in Le Blanc-Mesnil, two elsewhere."""
    return [OrganisationFactory(asv=blanc_mesnil), OrganisationFactory(), OrganisationFactory()]


def test_rows_of_another_asv_are_not_counted(organisations, blanc_mesnil):
    assert figures_of(blanc_mesnil, count=CountRows(Organisation.objects.all())) == {"count": 1}
