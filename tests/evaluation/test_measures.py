import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from asv_platform.reporting.selectors.results import results_of
from evaluation.enums import ResultState
from evaluation.models import ActionIndicator, Measure
from evaluation.selectors import indicator_results, result_state
from evaluation.services import (
    MeasureLocked,
    approve_measure,
    change_indicator,
    change_measure,
    ensure_indicators,
    take_measure,
)
from tests.factories.evaluation import ActionIndicatorFactory, MeasureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ratio(action):
    return ActionIndicatorFactory(action=action, is_ratio=True, unit="%", target=Decimal(60))


def test_percentage_is_computed_from_its_parts(in_asv, fatou, ratio, today):
    measure = take_measure(
        indicator=ratio, by=fatou, on=today, measured_on=today, numerator=Decimal(23), denominator=Decimal(38)
    )

    assert measure.value == Decimal("60.53")


def test_percentage_cannot_be_typed(in_asv, fatou, ratio, today):
    with pytest.raises(ValidationError):
        take_measure(indicator=ratio, by=fatou, on=today, measured_on=today, value=Decimal(61))


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"numerator": "3", "denominator": "0"}, "denominator"),
        ({"numerator": "3", "denominator": ""}, "denominator"),
        ({"numerator": "", "denominator": "10"}, "numerator"),
        ({"numerator": "3", "denominator": "10", "measured_on": "2099-01-01"}, "measured_on"),
        ({"numerator": "-3", "denominator": "10"}, "numerator"),
        ({"numerator": "trois", "denominator": "10"}, "numerator"),
    ],
)
def test_ratio_form_refuses_what_has_no_percentage(client, in_asv, fatou, ratio, today, parts, field):
    client.force_login(fatou)
    url = reverse("partner_evaluation:measure_create", kwargs={"pk": ratio.pk})

    response = client.post(url, {"measured_on": today.isoformat()} | parts)

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Measure.objects.exists()


def test_measuring_a_promise_adopts_it(client, in_asv, fatou, action, today):
    promise = action.proposal.indicators.get(name="Personnes accueillies")
    client.force_login(fatou)
    url = reverse("partner_evaluation:measure_promise", kwargs={"pk": promise.pk})

    response = client.post(url, {"measured_on": today.isoformat(), "value": "41"})

    assert response.status_code == 302
    assert Measure.objects.get().indicator.source == promise
    assert ActionIndicator.objects.count() == 2


def test_reading_the_promises_writes_nothing(in_asv, action):
    results = indicator_results(action)

    assert [(row.pk, row.name) for row in results] == [(None, "Personnes accueillies"), (None, "Cuisinent chez eux")]
    assert not ActionIndicator.objects.exists()


def test_archived_indicator_is_not_adopted_again(in_asv, alice, action):
    ensure_indicators(action=action, by=alice)
    ActionIndicator.objects.filter(name="Cuisinent chez eux").update(archived_at="2026-01-01T00:00Z")

    ensure_indicators(action=action, by=alice)

    assert ActionIndicator.objects.count() == 2


def test_approved_measure_does_not_change(in_asv, alice, action, today):
    measure = MeasureFactory(indicator__action=action)
    approved = approve_measure(measure=measure, by=alice, at=dt.datetime.now(dt.UTC))

    with pytest.raises(MeasureLocked):
        change_measure(measure=approved, by=alice, on=today, measured_on=today, value=Decimal(1))


def test_measured_indicator_keeps_its_nature(in_asv, alice, action):
    indicator = MeasureFactory(indicator__action=action).indicator

    with pytest.raises(ValidationError, match="nature"):
        change_indicator(indicator=indicator, by=alice, is_ratio=True)


@pytest.mark.parametrize(
    ("value", "baseline", "target", "state"),
    [
        (None, None, 10, ResultState.NOT_MEASURED),
        (5, None, None, ResultState.WITHOUT_TARGET),
        (10, None, 10, ResultState.REACHED),
        (5, None, 10, ResultState.HALFWAY),
        (4, None, 10, ResultState.FAR),
        (30, 40, 20, ResultState.HALFWAY),
        (19, 40, 20, ResultState.REACHED),
        (39, 40, 20, ResultState.FAR),
        (0, None, 0, ResultState.REACHED),
    ],
)
def test_result_state_reads_targets_either_way(value, baseline, target, state):
    numbers = [None if number is None else Decimal(number) for number in (value, baseline, target)]

    assert result_state(numbers[0], baseline=numbers[1], target=numbers[2]) == state


def test_results_are_exported_as_numbers_of_one_format(client, in_asv, bob, action):
    indicator = ActionIndicatorFactory(action=action, baseline=Decimal("12.50"), target=Decimal(1600))
    MeasureFactory(indicator=indicator, value=Decimal(1526))
    client.force_login(bob)

    answer = client.get(reverse("evaluation:indicator_list", kwargs={"asv": in_asv.slug}), {"format": "csv"})

    assert ";12,5;1600;1526;" in b"".join(answer.streaming_content).decode()


def test_an_archived_indicator_does_not_come_back_as_a_promise(client, in_asv, alice, fatou, action, today):
    ensure_indicators(action=action, by=alice)
    ActionIndicator.objects.update(archived_at="2026-01-01T00:00Z")
    promise = action.proposal.indicators.get(name="Personnes accueillies")
    client.force_login(fatou)
    url = reverse("partner_evaluation:measure_promise", kwargs={"pk": promise.pk})

    response = client.post(url, {"measured_on": today.isoformat(), "value": "41"})

    assert indicator_results(action) == ()
    assert results_of([action], on=today).measures == {}
    assert response.status_code == 422
    assert "archivé" in response.text
    assert not Measure.objects.exists()
