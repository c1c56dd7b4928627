"""What an approved report counted cannot leave the lists, nor come back to them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluation.services import approve_measure, approve_report
from tests.factories.evaluation import ActionReportFactory, MeasureFactory, SessionFactory

pytestmark = pytest.mark.django_db


def url_of(noun, row, verb="archive"):
    return reverse(f"evaluation:{noun}_{verb}", kwargs={"asv": row.asv.slug, "pk": row.pk})


@pytest.fixture
def rows(action):
    """One session, one measure and its indicator, one report filed."""
    measure = MeasureFactory(indicator__action=action)
    return {
        "session": SessionFactory(action=action),
        "measure": measure,
        "indicator": measure.indicator,
        "report": ActionReportFactory(action=action, filed=True),
    }


def is_archived(row):
    row.refresh_from_db()
    return row.archived_at is not None


@pytest.mark.parametrize("noun", ["session", "measure", "indicator", "report"])
def test_before_the_approval_every_row_leaves_the_lists_and_comes_back(client, in_asv, dora, rows, noun):
    client.force_login(dora)

    assert client.post(url_of(noun, rows[noun])).status_code == 302
    assert is_archived(rows[noun])
    assert client.post(url_of(noun, rows[noun], "restore")).status_code == 302
    assert not is_archived(rows[noun])


@pytest.mark.parametrize("noun", ["session", "measure", "indicator", "report"])
def test_an_approved_report_keeps_what_it_counted(client, in_asv, alice, dora, rows, noun):
    approve_report(report=rows["report"], by=alice, at=timezone.now())
    client.force_login(dora)

    response = client.post(url_of(noun, rows[noun]))

    assert response.status_code == 422
    assert "approuvé" in response.text
    assert not is_archived(rows[noun])


@pytest.mark.parametrize("noun", ["session", "measure", "indicator"])
def test_nothing_comes_back_into_an_approved_report(client, in_asv, alice, dora, rows, noun):
    client.force_login(dora)
    client.post(url_of(noun, rows[noun]))
    approve_report(report=rows["report"], by=alice, at=timezone.now())

    assert client.post(url_of(noun, rows[noun], "restore")).status_code == 422
    assert is_archived(rows[noun])


@pytest.mark.parametrize("noun", ["measure", "indicator"])
def test_an_approved_measure_stays_with_its_indicator(client, in_asv, alice, dora, rows, noun):
    approve_measure(measure=rows["measure"], by=alice, at=timezone.now())
    client.force_login(dora)

    assert client.post(url_of(noun, rows[noun])).status_code == 422
    assert not is_archived(rows[noun])
