import pytest
from hypothesis import given
from hypothesis import strategies as st

from asv_platform.territories.coordinates import UnreadableCoordinates, parse_coordinates


@pytest.mark.parametrize(
    "text",
    [
        "48.94, 2.46",
        "48.94,2.46",
        "48,94 2,46",
        "48,94, 2,46",
        "48,94,2,46",
        "48,94;2,46",
        " (48.94  2.46) ",
        "48.94 N, 2.46 E",
        "N 48.94 E 2.46",
        "2.46 E, 48.94 N",
        "2.46, 48.94",
        "48.94° N 2.46° E",
        "48°56'24\"N 2°27'36\"E",
        "48° 56′ 24″ Nord, 2° 27′ 36″ Est",
        "48º56’24’’N 2º27’36’’E",
        "lat: 48.94 lon: 2.46",
        "Latitude 48,94 Longitude 2,46",
        "https://www.google.fr/maps/@48.94,2.46,17z",
        "https://www.openstreetmap.org/#map=17/48.94/2.46",
        "geo:48.94,2.46",
    ],
)
def test_parse_coordinates_reads_usual_forms(text):
    found = parse_coordinates(text)

    assert found.latitude == pytest.approx(48.94, abs=1e-6)
    assert found.longitude == pytest.approx(2.46, abs=1e-6)


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("-20.88, 55.45", -20.88, 55.45),
        ("20,88 S 55,45 E", -20.88, 55.45),
        ("14.60 N 61.07 O", 14.60, -61.07),
        ("14°36'N 61°04'W", 14.6, -61.0667),
        ("48.4, -4.5", 48.4, -4.5),
        ("-4.5, 48.4", 48.4, -4.5),
        ("−20,88 ; 55,45", -20.88, 55.45),
    ],
)
def test_parse_coordinates_reads_other_hemispheres(text, latitude, longitude):
    found = parse_coordinates(text)

    assert (found.latitude, found.longitude) == pytest.approx((latitude, longitude), abs=1e-3)


@pytest.mark.parametrize("text", ["", "48.94", "ici", "1 2 3", "95.2, 2.4", "48.9, 200.1", "🙂", "12 rue de la Paix"])
def test_parse_coordinates_refuses_in_french(text):
    with pytest.raises(UnreadableCoordinates, match="saisi"):
        parse_coordinates(text)


@given(st.text(max_size=60))
def test_parse_coordinates_never_fails_otherwise(text):
    try:
        found = parse_coordinates(text)
    except UnreadableCoordinates:
        return
    assert -90 <= found.latitude <= 90
    assert -180 <= found.longitude <= 180


@given(st.floats(-89, 89), st.floats(-179, 179))
def test_parse_coordinates_reads_what_it_writes(latitude, longitude):
    text = f"{abs(latitude):.5f} {'S' if latitude < 0 else 'N'} {abs(longitude):.5f} {'O' if longitude < 0 else 'E'}"

    found = parse_coordinates(text)

    assert (found.latitude, found.longitude) == pytest.approx((latitude, longitude), abs=1e-4)
