import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from asv_platform.common import formats
from asv_platform.common.templatetags import formats as filters

NBSP, NARROW, MINUS = "\u00a0", "\u202f", "\u2212"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (12450, "12_450_€"),
        (Decimal("3.46"), "3,46_€"),
        (Decimal("1500.00"), "1_500_€"),
        (Decimal("0.005"), "0,01_€"),
        (-1500, "−1_500_€"),
        (0, "0_€"),
        (None, ""),
        ("", ""),
    ],
)
def test_money_shows_cents_only_when_there_are_some(value, written):
    assert formats.money(value) == written.replace("_", NBSP)


@pytest.mark.parametrize(
    ("value", "written"), [(45, "45_%"), (45.25, "45,3_%"), (Decimal("36.97"), "37_%"), (0, "0_%"), (None, "")]
)
def test_percent_has_one_decimal_at_most(value, written):
    assert formats.percent(value) == written.replace("_", NBSP)


@pytest.mark.parametrize(
    ("value", "written"), [(1284, "1_284"), (4.4, "4,4"), (1234567.5, "1_234_567,5"), (100, "100"), (-0.12, "−0,12")]
)
def test_number_drops_useless_zeros(value, written):
    assert formats.number(value) == written.replace("_", NBSP)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_money_can_be_read_back(amount):
    written = formats.money(amount)

    read = written.replace(NBSP, "").replace("€", "").replace(",", ".").replace(MINUS, "-")

    assert Decimal(read) == amount


def test_signed_says_plus_and_minus():
    assert [formats.signed(value) for value in (8, 0, Decimal("-0.12"))] == ["+8", "0", f"{MINUS}0,12"]


def test_dates_are_written_in_french():
    day = dt.date(2026, 3, 5)

    assert formats.date_long(day).replace(NBSP, " ") == "jeudi 5 mars 2026"
    assert formats.date_short(dt.date(2026, 5, 1)).replace(NBSP, " ") == "1er mai 2026"
    assert formats.month(day).replace(NBSP, " ") == "mars 2026"
    assert formats.date_numeric(day) == "05/03/2026"


def test_moments_are_in_paris_time():
    moment = dt.datetime(2026, 7, 12, 22, 32, tzinfo=dt.UTC)

    assert formats.date_time(moment).replace(NBSP, " ") == "13 juillet 2026 à 0 h 32"
    assert formats.date_time(moment.astimezone(ZoneInfo("Asia/Tokyo"))) == formats.date_time(moment)
    assert formats.time(dt.time(14)).replace(NBSP, " ") == "14 h"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (dt.date(2026, 4, 8), dt.date(2026, 12, 16), "du 8 avril 2026 au 16 décembre 2026"),
        (dt.date(2026, 4, 8), dt.date(2026, 4, 8), "le 8 avril 2026"),
        (dt.date(2026, 4, 8), None, "à partir du 8 avril 2026"),
        (None, dt.date(2026, 4, 8), "jusqu’au 8 avril 2026"),
        (None, None, ""),
    ],
)
def test_period_says_what_is_known(start, end, written):
    assert formats.period(start, end).replace(NBSP, " ") == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("+33148001234", "01 48 00 12 34"),
        ("01.48.00.12.34", "01 48 00 12 34"),
        ("0033 1 48 00 12 34", "01 48 00 12 34"),
        ("3639", "3639"),
        ("+32 2 555 12 12", "+32 2 555 12 12"),
        (None, ""),
    ],
)
def test_phone_groups_french_numbers_and_leaves_the_others(typed, written):
    assert formats.phone(typed).replace(NBSP, " ") == written


def test_typo_sets_french_spaces():
    written = formats.typo("Qui vient ? « Nous » ; 45 % : l'essentiel !")

    assert written == (f"Qui vient{NARROW}? «{NBSP}Nous{NBSP}»{NARROW}; 45{NBSP}%{NBSP}: l’essentiel{NARROW}!")


@given(st.text())
def test_typo_twice_is_typo_once(text):
    assert formats.typo(formats.typo(text)) == formats.typo(text)


@pytest.mark.parametrize(
    ("count", "written"), [(0, "0 travail"), (1, "1 travail"), (2, "2 travaux"), (None, "0 travail")]
)
def test_plural_zero_is_singular(count, written):
    assert formats.plural(count, "travail", "travaux").replace(NBSP, " ") == written
    assert filters.plural(count, "travail,travaux").replace(NBSP, " ") == written


def test_agree_gives_the_ending_alone():
    assert [filters.agree(count) for count in (0, 1, 2)] == ["", "", "s"]
    assert filters.agree(2, "al,aux") == "aux"


def test_join_and_reads_as_a_sentence():
    assert formats.join_and(["a"]) == "a"
    assert formats.join_and(["a", "b", "c"]) == "a, b et c"
    assert formats.join_or(["a", "", "b"]) == "a ou b"
    assert formats.join_and([]) == ""


def test_file_size_is_read_in_french():
    sizes = [formats.file_size(size).replace(NBSP, " ") for size in (900, 212_000, 1_400_000, 24_000_000)]

    assert sizes == ["900 octets", "212 ko", "1,4 Mo", "24 Mo"]


def test_shorten_cuts_between_words():
    assert formats.shorten("Chaque mercredi, quinze habitants cuisinent", 20) == "Chaque mercredi…"
    assert formats.shorten("court") == "court"


def test_nl2p_makes_paragraphs_and_escapes():
    html = filters.nl2p("Un <b>\nDeux\r\n\r\nTrois")

    assert html == "<p>Un &lt;b&gt;<br>Deux</p>\n<p>Trois</p>"
    assert isinstance(html, SafeString)


def test_dash_says_aloud_that_nothing_is_known():
    assert "non renseigné" in filters.dash("")
    assert filters.dash("<i>") == "&lt;i&gt;"
    assert filters.dash(0) == "0"


def test_typo_filter_leaves_html_alone():
    html = SafeString("<b title='a'> ?</b>")

    assert filters.typo(html) is html
    assert not isinstance(filters.typo("<b> ?"), SafeString)


def test_typo_keeps_a_number_whole():
    assert formats.typo("par exemple 1 234,50") == f"par exemple 1{NBSP}234,50"
    assert formats.typo("le 12 2026") == "le 12 2026"


def test_lower_first_leaves_acronyms():
    assert [filters.lower_first(text) for text in ("Ce champ", "SIRET", "À voir")] == ["ce champ", "SIRET", "à voir"]
