"""What people really type: amounts, dates, pasted text, files."""

import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from asv_platform.common.forms import (
    DateField,
    DateTimeField,
    Form,
    MoneyField,
    PastDateField,
    WholeNumberField,
    check_upload,
    clean_text,
    parse_decimal,
)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 234,50", "1234.50"),
        ("1\u202f234,50 €", "1234.50"),
        ("1\u00a0234", "1234"),
        ("1234.5", "1234.5"),
        (" 0 ", "0"),
        ("12,5€", "12.5"),
    ],
)
def test_money_is_read_as_french_people_type_it(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("douze", "Écrivez un montant en euros, par exemple 1 234,50."),
        ("1,2,3", "Écrivez un montant en euros, par exemple 1 234,50."),
        ("1e3", "Écrivez un montant en euros, par exemple 1 234,50."),
        ("-5", "Le montant ne peut pas être négatif."),
        ("1,234", "Un montant a deux décimales au plus."),
        ("99999999999999", "Ce montant est trop grand."),
    ],
)
def test_money_refuses_in_french(typed, sentence):
    with pytest.raises(ValidationError) as refusal:
        MoneyField().clean(typed)

    assert refusal.value.messages[0] == sentence


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_money_written_in_french_is_read_back(amount):
    whole, cents = f"{amount:.2f}".split(".")
    written = f"{int(whole):,}".replace(",", "\u202f") + f",{cents}"

    assert parse_decimal(written) == amount


@pytest.mark.parametrize(
    ("stored", "shown"), [("1234.50", "1\u00a0234,50"), ("12000.00", "12\u00a0000"), ("350", "350"), ("0.05", "0,05")]
)
def test_stored_money_comes_back_as_pages_write_it(stored, shown):
    assert MoneyField().widget.format_value(Decimal(stored)) == shown
    assert MoneyField().clean(shown) == Decimal(stored)


@pytest.mark.parametrize("typed", ["2026-01-15", "15/01/2026", "15.01.2026", "15-01-2026", "15/01/26"])
def test_date_is_read_in_every_usual_form(typed):
    assert DateField().clean(typed).isoformat() == "2026-01-15"


@pytest.mark.parametrize("typed", ["31/02/2026", "demain", "15/01/0206"])
def test_date_that_does_not_exist_is_refused_in_french(typed):
    with pytest.raises(ValidationError):
        DateField().clean(typed)


def test_day_of_what_happened_is_not_in_the_future():
    today = timezone.localdate()

    assert PastDateField().clean(today.isoformat()) == today
    with pytest.raises(ValidationError, match="dans le futur"):
        PastDateField().clean((today + dt.timedelta(days=1)).isoformat())


def test_moment_is_paris_time():
    assert DateTimeField().clean("15/07/2026 23:59").isoformat() == "2026-07-15T23:59:00+02:00"


def test_pasted_text_loses_what_no_one_typed():
    pasted = "Titre\x00\x0bdeuxie\u0300me ligne\r\nfin\ufeff 🙂 <b>gras</b>"

    assert clean_text(pasted) == "Titre\ndeuxième ligne\nfin 🙂 <b>gras</b>"


def test_form_cleans_every_value_before_its_fields_see_it():
    class Words(Form):
        text = forms.CharField()

    form = Words({"text": "bon\x00jour"})

    assert form.is_valid()
    assert form.cleaned_data == {"text": "bonjour"}


def test_refusals_speak_of_what_to_do_unless_the_field_has_its_own_words():
    class Answers(Form):
        words = forms.CharField(max_length=5)
        count = forms.IntegerField(min_value=1, max_value=9)
        email = forms.EmailField()
        amount = MoneyField()

    form = Answers({"words": "beaucoup", "count": "0", "email": "zoé", "amount": "-1"})

    assert form.errors == {
        "words": ["5 caractères au plus, vous en avez saisi 8 : raccourcissez ce texte."],
        "count": ["Écrivez un nombre supérieur ou égal à 1."],
        "email": ["Écrivez une adresse complète, par exemple prenom.nom@exemple.fr."],
        "amount": ["Le montant ne peut pas être négatif."],
    }


@pytest.mark.parametrize("typed", ["1 234", "1\u202f234", "1234", " 1234 "])
def test_whole_number_is_read_as_french_people_type_it(typed):
    assert WholeNumberField().clean(typed) == 1234


@pytest.mark.parametrize("typed", ["36 personnes", "12 mille", "1,5"])
def test_whole_number_in_letters_is_refused_and_given_back(typed):
    class Answers(Form):
        people = WholeNumberField(required=False)

    form = Answers({"people": typed})

    assert form.errors == {"people": ["Écrivez un nombre entier, par exemple 12."]}
    assert f'value="{typed}"' in str(form["people"])
    assert 'type="text"' in str(form["people"])


def test_length_of_a_text_is_written_as_the_counter_writes_it():
    class Words(Form):
        story = forms.CharField(max_length=4000)

    assert Words({"story": "x" * 4001}).errors["story"] == [
        "4\u00a0000 caractères au plus, vous en avez saisi 4\u00a0001 : raccourcissez ce texte."
    ]


PDF = b"%PDF-1.7\n" + b"x" * 100


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("statuts.pdf", b""), "est vide"),
        (SimpleUploadedFile("statuts.exe", PDF), "n’est pas accepté"),
        (SimpleUploadedFile("statuts.pdf", b"MZ" + b"\x00" * 200), "n’est pas celui d’un fichier PDF"),
        (SimpleUploadedFile("statuts.pdf", PDF * 200), "dépasse 0 Mo"),
        (SimpleUploadedFile("page.html", b"<script>alert(1)</script>"), "n’est pas accepté"),
    ],
)
def test_upload_of_the_wrong_kind_is_refused_in_french(file, sentence):
    with pytest.raises(ValidationError) as refusal:
        check_upload(file, max_size=1000)

    assert sentence in refusal.value.messages[0]


def test_upload_of_a_pdf_is_accepted_and_left_at_its_beginning():
    file = SimpleUploadedFile("statuts.pdf", PDF)

    check_upload(file)

    assert file.read(4) == b"%PDF"


class Anything(Form):
    title = forms.CharField()
    told = forms.CharField(widget=forms.Textarea)
    count = forms.IntegerField()


def test_every_text_refuses_a_social_security_number():
    form = Anything({"title": "Vu 1 84 12 76 451 089 46", "told": "NIR 184127645108946.", "count": "184127645108946"})

    assert set(form.errors) == {"title", "told"}
