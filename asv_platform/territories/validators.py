import filetype
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from stdnum.exceptions import ValidationError as NumberRefused
from stdnum.fr import siren as siren_number

LOGO_MAX_BYTES = 1024 * 1024
LOGO_TYPES = {"image/png", "image/jpeg"}

validate_colour = RegexValidator(
    r"^#[0-9A-Fa-f]{6}\Z", "Saisissez une couleur sous la forme #0F5E5A : un dièse suivi de six caractères."
)


def validate_siren(value: str) -> None:
    """Refuse a SIREN whose length or check digit is wrong."""
    try:
        siren_number.validate(value)
    except NumberRefused as refused:
        raise ValidationError(
            "Ce numéro SIREN n’existe pas : il compte neuf chiffres, vérifiez la saisie."
        ) from refused


def validate_logo(file) -> None:
    """Accept a PNG or JPEG image of at most 1 MB, judged by its content and never by its name."""
    if file.size > LOGO_MAX_BYTES:
        raise ValidationError("Le logo dépasse 1 Mo : réduisez l’image avant de l’envoyer.")
    file.seek(0)
    kind = filetype.guess(file.read(261))
    file.seek(0)
    if kind is None or kind.mime not in LOGO_TYPES:
        raise ValidationError("Le logo doit être une image PNG ou JPEG.")
