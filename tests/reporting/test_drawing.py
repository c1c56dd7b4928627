"""What charts and maps do with words: none over another, names where there is room for them."""

import dataclasses

import pytest

from asv_platform.reporting import charts, maps
from asv_platform.reporting.room import widest, widest_shared
from asv_platform.reporting.snapshot import Place, Territory, Town
from tests.factories.reporting import annual_snapshot


def square(x1, y1, x2, y2):
    return ((x1, y1), (x2, y1), (x2, y2), (x1, y2), (x1, y1))


def test_words_of_thin_nodes_are_pushed_apart_and_stay_in_the_drawing():
    tops = charts.apart([2, 3, 4, 20], [5, 5, 5, 5], 20)

    assert tops == [0, 5, 10, 15]


def test_words_stay_beside_their_node_when_there_is_room():
    assert charts.apart([10, 40], [6, 6], 60) == [7, 37]


def test_flow_writes_every_name_and_amount_whole():
    name = "Prévenir les addictions et les violences faites aux femmes"
    parts = [charts.Part("Direction départementale", 12000)], [charts.Part(name, 11000), charts.Part("Reste", 1000)]

    drawn = charts.flow(*parts, [[11000, 1000]], title="Qui paie")

    for words in (
        "Direction",
        "départementale",
        "Prévenir les addictions et les",
        "violences faites aux femmes",
        "Reste",
    ):
        assert f">{words}</text>" in drawn
    assert drawn.count("€</text>") == 3


def test_comparison_not_judged_does_not_look_like_a_near_one():
    assert charts.mark(0, 0, "none") != charts.mark(0, 0, "same")
    assert len({words for _, words in charts.legend_marks()}) == len(charts.STATUS)


def test_widest_room_avoids_what_must_stay_visible():
    x, y, width = widest([square(0, 0, 10, 10)], avoid=[square(0, 0, 4, 10)], height=1)

    assert (x, width) == (7, 6)
    assert 0.5 < y < 9.5


def test_no_room_is_none():
    assert widest([]) is None
    assert widest([square(0, 0, 10, 10)], avoid=[square(-1, -1, 11, 11)]) is None
    assert widest_shared([square(0, 0, 1, 1)], [square(5, 5, 6, 6)]) is None


@pytest.fixture
def straddling():
    """A neighbourhood whose middle is in the next commune."""
    town = Town("93007", "Ici", rings=(square(2.40, 48.90, 2.50, 48.95),))
    place = Place(
        1, "QN1", "Les Deux Rives", "Les Deux Rives", rings=(square(2.48, 48.91, 2.60, 48.94),),
        longitude=2.54, latitude=48.925,
    )  # fmt: skip
    return Territory(towns=(town,), places=(place,))


def test_number_of_a_neighbourhood_is_written_in_the_perimeter(straddling):
    bounds = maps.bounds_of(straddling)
    edge, _ = maps.Projection(bounds, 162, 132)(2.50, 48.92)

    [(x, _)] = maps.anchors(straddling, maps.Projection(bounds, 162, 132)).values()

    assert x < edge


def test_map_tells_the_whole_names_to_those_who_do_not_see_it():
    land = annual_snapshot().territory
    places = (dataclasses.replace(land.places[0], name="Nord - Pont-Yblon - Les Tilleuls", short_name="Nord…"),)

    drawn = maps.perimeter(dataclasses.replace(land, places=places))

    assert "Quartiers prioritaires : 1, Nord - Pont-Yblon - Les Tilleuls" in drawn
