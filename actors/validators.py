"""Numbers of French organisations and people: forgiving on spaces, strict on the check digits."""

import re

from django.core.exceptions import ValidationError
from stdnum import luhn
from stdnum.exceptions import ValidationError as NumberRefused
from stdnum.fr import siret

_SEPARATORS = re.compile(r"[\s\u00a0\u202f\u2009.\-_/()]+")
_RNA = re.compile(r"W\d[A-Z\d]\d{7}")
_FINESS = re.compile(r"(?:\d{2}|2[AB])\d{7}")
_PHONE = re.compile(r"0[1-9]\d{8}")
_SHORT_PHONE = re.compile(r"1[0-9]|11[2-9]|19[0-9]|3\d{3}|10\d{2}|11[68]\d{3}")
_FOREIGN_PHONE = re.compile(r"\+(?!33)[1-9]\d{6,14}")


def compact(text: str) -> str:
    """``text`` in capitals, without the spaces, dots and dashes people put in numbers."""
    return _SEPARATORS.sub("", text).upper()


def validate_siret(value: str) -> None:
    """Refuse a SIRET whose length or check digit is wrong; La Poste's own rule is known."""
    if not value.isascii() or not value.isdigit():
        raise ValidationError("Un numéro SIRET ne contient que des chiffres.", code="siret")
    if len(value) != 14:
        raise ValidationError(f"Un numéro SIRET compte 14 chiffres : vous en avez saisi {len(value)}.", code="siret")
    try:
        siret.validate(value)
    except NumberRefused as refused:
        raise ValidationError(
            "Ce numéro SIRET n’existe pas : sa clé de contrôle est fausse, vérifiez la saisie.", code="siret"
        ) from refused


def validate_rna(value: str) -> None:
    """Refuse what does not look like a number of the national register of associations."""
    if not _RNA.fullmatch(value):
        raise ValidationError(
            "Un numéro RNA commence par W, suivi de neuf chiffres ou lettres, par exemple W931234567.", code="rna"
        )


def validate_finess(value: str) -> None:
    """Refuse what does not look like a FINESS number; its key has known exceptions and is not checked."""
    if not _FINESS.fullmatch(value):
        raise ValidationError("Un numéro FINESS compte neuf chiffres, par exemple 930000013.", code="finess")


def validate_rpps(value: str) -> None:
    """Refuse an RPPS number (health professionals) whose length or check digit is wrong."""
    if not value.isascii() or not value.isdigit() or len(value) != 11 or not luhn.is_valid(value):
        raise ValidationError("Un numéro RPPS compte onze chiffres : vérifiez la saisie.", code="rpps")


def validate_phone(value: str) -> None:
    """Accept a French number of ten digits, a short one (3114, 115), or a foreign one starting with +."""
    if not any(pattern.fullmatch(value) for pattern in (_PHONE, _SHORT_PHONE, _FOREIGN_PHONE)):
        raise ValidationError("Écrivez un numéro de téléphone, par exemple 01 48 00 00 00.", code="phone")


def normalise_phone(text: str) -> str:
    """``0148000000`` from any writing of a French number; ``+32…`` for a foreign one."""
    number = re.sub(r"^(\+33|0033)\(?0?\)?", "0", compact(text.replace("(0)", "")))
    return re.sub(r"^00", "+", number)


def normalise_website(text: str) -> str:
    """The address with its scheme: people write ``www.exemple.fr``."""
    text = text.strip()
    return text if not text or re.match(r"(?i)https?://", text) else f"https://{text.removeprefix('//')}"
