import datetime as dt
import xml.etree.ElementTree as ET  # our own SVG, no foreign input

import pytest

from asv_platform.common import charts
from asv_platform.common.charts import Bar, GanttRow, Gap, Share, Span

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "<script>alert(1)</script> & « co »"


def every_chart(label: str = "Thorez") -> list[charts.Chart]:
    day = dt.date
    bars = [Bar(label, 5.4), Bar("Pasteur", None), Bar("Oiseaux", 0, tone="bad")]
    spans = [Span(day(2026, 1, 1), day(2026, 3, 1), label, "past"), Span(day(2026, 5, 1), day(2026, 5, 2), label)]
    return [
        charts.vertical_bars(label, bars),
        charts.horizontal_bars(label, bars, reference=Bar("moyenne", 3)),
        charts.spine(label, [Gap(label, -0.4, "31 %", "worse"), Gap("b", None, "–", "unknown")], comparator=label),
        charts.stacked_share(label, [Share(label, 3), Share("b", 1)]),
        charts.line(label, bars, reference=Bar(label, 4)),
        charts.sparkline(label, [1, None, 3]),
        charts.gantt(
            label, [GanttRow(label, spans)], starts_on=day(2026, 1, 1), ends_on=day(2026, 12, 31), today=day(2026, 2, 1)
        ),
    ]


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.headers[-1])
def test_chart_is_named_and_described(chart):
    root = ET.fromstring(chart.svg)  # noqa: S314 -- written just above

    title, desc = list(root)[:2]
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text
    assert desc.text
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]


@pytest.mark.parametrize("chart", every_chart(NASTY), ids=lambda chart: chart.headers[-1])
def test_chart_escapes_what_people_wrote(chart):
    ET.fromstring(chart.svg)  # noqa: S314 -- written just above

    assert "<script" not in chart.svg
    assert "alert" in chart.svg


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.headers[-1])
def test_chart_carries_its_table(chart):
    assert chart.rows
    assert {len(row) for row in chart.rows} == {len(chart.headers)}


def test_chart_ids_differ_from_one_chart_to_another():
    ids = [ET.fromstring(chart.svg)[0].get("id") for chart in every_chart()]  # noqa: S314 -- written just above

    assert len(set(ids)) == len(ids)


def test_bars_keep_their_proportions():
    svg = ET.fromstring(charts.horizontal_bars("t", [Bar("a", 10), Bar("b", 5)]).svg)  # noqa: S314 -- ours

    widths = [float(rect.get("width")) for rect in svg.findall(f"{SVG}rect") if rect.get("class") == "ink"]
    assert widths[0] == pytest.approx(widths[1] * 2, abs=0.2)


@pytest.mark.parametrize("values", [[], [0], [None], [0, 0]])
def test_charts_without_values_do_not_fail(values):
    bars = [Bar("a", value) for value in values]

    for draw in (charts.vertical_bars, charts.horizontal_bars, charts.line):
        ET.fromstring(draw("t", bars).svg)  # noqa: S314 -- ours
    ET.fromstring(charts.sparkline("t", values).svg)  # noqa: S314 -- ours


def test_line_leaves_a_gap_where_the_value_is_unknown():
    svg = charts.line("t", [Bar("2019", 3), Bar("2020", None), Bar("2021", 4)]).svg

    assert svg.count("<circle") == 2
    assert "non connu" in svg


def test_gantt_says_today_only_inside_the_period():
    rows = [GanttRow("Appel", [Span(dt.date(2026, 1, 1), dt.date(2026, 2, 13), "Dépôt")])]
    period = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}

    assert "aujourd’hui" in charts.gantt("t", rows, today=dt.date(2026, 3, 2), **period).svg
    assert "aujourd’hui" not in charts.gantt("t", rows, today=dt.date(2027, 3, 2), **period).svg


def test_meter_draws_the_excess_apart():
    assert 'class="bad"' not in charts.meter(100, "ARS")
    assert 'class="bad"' in charts.meter(109, "Dugny")
    assert "109" in charts.meter(109, "Dugny")
