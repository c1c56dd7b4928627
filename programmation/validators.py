from django.core.exceptions import ValidationError
from stdnum import iban
from stdnum.exceptions import ValidationError as NumberRefused


def validate_iban(value: str) -> None:
    """Refuse an IBAN whose length or check digits are wrong."""
    try:
        iban.validate(value)
    except NumberRefused as refused:
        raise ValidationError("Cet IBAN n’existe pas : vérifiez la saisie sur votre RIB.") from refused
