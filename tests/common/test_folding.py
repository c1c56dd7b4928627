"""Words are found whatever their accents, and the database folds exactly as we do."""

import pytest
from django.db import connection
from django.db.models import Value
from django.db.models.fields import TextField

from asv_platform.common.folding import Folded, fold, holding
from asv_platform.territories.models import Commune
from tests.factories.platform import CommuneFactory

pytestmark = pytest.mark.django_db
TEXTS = ["Médiation", "L’ÉCOUTE", "cœur", "Œuvre à Ÿ", "æquo", "Saint-Ouen-l'Aumône", "ÇÀÉÈÙÂÊÎÔÛËÏÜŸ", "100 %_", ""]


@pytest.mark.parametrize("text", TEXTS)
def test_database_folds_as_python_does(text):
    CommuneFactory(code="93007", name="Le Blanc-Mesnil")
    found = Commune.objects.annotate(read=Folded(Value(text, output_field=TextField()))).get()

    assert found.read == fold(text), connection.vendor


@pytest.mark.parametrize("asked", ["ecoute", "ÉCOUTE", "jeunes écoute", "l'ecoute", "L’Écoute"])
def test_words_are_found_in_any_order_case_and_accent(asked):
    commune = CommuneFactory(code="93007", name="L’Écoute des jeunes")

    assert list(Commune.objects.filter(holding(asked, "name"))) == [commune]


@pytest.mark.parametrize("asked", ["", "   ", "surdité", "%", "_"])
def test_nothing_is_found_by_no_word_nor_by_what_is_not_there(asked):
    CommuneFactory(code="93007", name="L’Écoute des jeunes")

    assert not Commune.objects.filter(holding(asked, "name")).exists()
