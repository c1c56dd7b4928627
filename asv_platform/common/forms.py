"""Forms that forgive what people really type: pasted Word text, amounts with spaces, dates with slashes."""

import re
import unicodedata
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import filetype
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone

from asv_platform.common.formats import number
from asv_platform.common.health_guard import NoNirMixin

# Everything but tab and line feed: PostgreSQL refuses NUL, Word pastes vertical tabs.
_CONTROLS = re.compile(r"[\x00-\x08\x0c\x0e-\x1f\x7f\ufeff\u200b]")
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")


def clean_text(text: str) -> str:
    """Typed or pasted text without control characters, in composed Unicode (NFC), with plain line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text))


# What a refusal says, where Django speaks of « this value ». A field's own words come first.
REFUSALS = {
    "max_length": "%(limit_value)s caractères au plus, vous en avez saisi %(show_value)s : raccourcissez ce texte.",
    "min_value": "Écrivez un nombre supérieur ou égal à %(limit_value)s.",
    "max_value": "Écrivez un nombre inférieur ou égal à %(limit_value)s.",
}
BLANK_CHOICE = "Choisir"
EMAIL_REFUSED = "Écrivez une adresse complète, par exemple prenom.nom@exemple.fr."


def choice_label(row: Model) -> str:
    """How a row reads among choices: its ``choice_label`` when it has one, since titles come back each year."""
    return str(getattr(row, "choice_label", row))


class CleanMixin(NoNirMixin):
    """Clean the typed text before any field sees it; ``fieldsets`` is an optional [(legend, [field names])]."""

    fieldsets: Sequence[tuple[str, Sequence[str | tuple[str, ...]]]] | None = None

    def __init__(self, data=None, *args, **kwargs):
        if data is not None:
            data = data.copy()
            for name in data:
                values = data.getlist(name) if hasattr(data, "getlist") else [data[name]]
                cleaned = [clean_text(value) if isinstance(value, str) else value for value in values]
                if hasattr(data, "setlist"):
                    data.setlist(name, cleaned)
                else:
                    data[name] = cleaned[0]
        super().__init__(data, *args, **kwargs)
        self.fields: dict[str, forms.Field] = _OurWords(self.fields)

    def clean(self) -> dict[str, Any]:
        return super().clean() or self.cleaned_data  # type: ignore[misc,attr-defined]

    def add_error(self, field, error):
        _group_digits(error)
        super().add_error(field, error)  # type: ignore[misc]


def _group_digits(error: object) -> None:
    """The lengths in our refusals are written as the counters write them: « 4 000 »."""
    for refusal in getattr(error, "error_list", ()):
        if refusal.code == "max_length" and refusal.message == REFUSALS["max_length"]:
            refusal.params = {
                name: number(value) if isinstance(value, int) else value for name, value in refusal.params.items()
            }


class _OurWords(dict):
    """The fields of a form, each one given our words when it comes in: from the class, or added later."""

    def __init__(self, fields: dict[str, forms.Field]) -> None:
        super().__init__()
        for name, field in fields.items():
            self[name] = field

    def __setitem__(self, name: str, field: forms.Field) -> None:
        refusals = REFUSALS | ({"invalid": EMAIL_REFUSED} if isinstance(field, forms.EmailField) else {})
        field.error_messages = {**refusals, **field.error_messages}
        _name_blank_choice(field)
        if isinstance(field, forms.ModelChoiceField):
            field.label_from_instance = choice_label  # type: ignore[method-assign, assignment]
        super().__setitem__(name, field)


def _name_blank_choice(field: forms.Field) -> None:
    """The blank choice of a list is a word, where Django draws dashes; a list's own word stays."""
    dashes = BLANK_CHOICE_DASH[0][1]
    if getattr(field, "empty_label", None) == dashes:
        field.empty_label = BLANK_CHOICE  # type: ignore[attr-defined]
    elif isinstance(field, forms.TypedChoiceField):
        # The widget lists them, whatever the field was given.
        field.choices = [(key, BLANK_CHOICE if words == dashes else words) for key, words in field.widget.choices]


class Form(CleanMixin, forms.Form):
    """Base of the forms without a model."""


class ModelForm(CleanMixin, forms.ModelForm):
    """Base of the forms of one model: they validate (never ``save()``), services write the locked row."""


class JSONField(forms.JSONField):
    """JSON that anybody may forge: thousands of figures and endless brackets are refused like any other mistake."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (ValueError, RecursionError):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value}) from None

    def bound_data(self, data, initial):
        try:
            return super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return forms.fields.InvalidJSONInput(data)


class MoneyInput(forms.TextInput):
    """An amount in euros; the field template adds the sign."""

    is_money = True

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value):
        """« 1 234,50 », « 350 »: as the pages write amounts; what was typed comes back as it was."""
        if isinstance(value, Decimal | int | float):
            return number(value, 2).removesuffix(",00")
        return value


def parse_decimal(text: str) -> Decimal:
    """Read « 1 234,50 », « 1234.5 » or « 1 234 € ». Raises ValueError when it is not a number."""
    compact = _SPACES.sub("", text).replace("€", "").replace("−", "-")
    if not re.fullmatch(r"-?\d+(?:[.,]\d+)?", compact):
        raise ValueError(text)
    return Decimal(compact.replace(",", "."))


class DecimalField(forms.DecimalField):
    """A decimal number as French people type it: comma, spaces between thousands."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        kwargs.setdefault("error_messages", {}).setdefault("invalid", "Écrivez un nombre, par exemple 1 234,5.")
        super().__init__(**kwargs)
        self.localize = False

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            return parse_decimal(str(value))
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class WholeNumberField(forms.IntegerField):
    """A whole number as French people type it, « 1 234 » too.

    A text field with a numeric keyboard: from a number field, browsers send nothing, without a word, for « 12 mille ».
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **kwargs):
        words = {"invalid": "Écrivez un nombre entier, par exemple 12."}
        super().__init__(**kwargs | {"error_messages": words | (kwargs.get("error_messages") or {})})

    def to_python(self, value):
        return super().to_python(_SPACES.sub("", value) if isinstance(value, str) else value)


class MoneyField(DecimalField):
    """An amount in euros, two decimals at most, never negative unless ``min_value`` says so."""

    widget = MoneyInput

    def __init__(self, *, max_digits=12, decimal_places=2, min_value=Decimal(0), **kwargs):
        kwargs["error_messages"] = {
            "invalid": "Écrivez un montant en euros, par exemple 1 234,50.",
            "min_value": "Le montant ne peut pas être négatif.",
            "max_decimal_places": "Un montant a deux décimales au plus.",
            "max_digits": "Ce montant est trop grand.",
            "max_whole_digits": "Ce montant est trop grand.",
        } | kwargs.get("error_messages", {})
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, min_value=min_value, **kwargs)

    def widget_attrs(self, widget):
        return {}


class DateField(forms.DateField):
    """A day: the browser's own picker, and 15/01/2026 where it has none."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d/%m/%y"])
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid", "Écrivez une date qui existe, par exemple 15/01/2026."
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        return in_our_times(super().to_python(value))


class PastDateField(DateField):
    """The day of something that happened: today at the latest."""

    def to_python(self, value):
        day = super().to_python(value)
        if day is not None and day > timezone.localdate():
            raise ValidationError("Cette date est dans le futur : vérifiez-la.", code="future")
        return day


def in_our_times(day):
    """A date or a moment whose year somebody may have meant (nobody means 0206). Raises ValidationError."""
    if day is not None and not 1900 <= day.year <= 2100:
        raise ValidationError("Vérifiez l’année : elle doit être comprise entre 1900 et 2100.", code="year")
    return day


class DateTimeField(forms.DateTimeField):
    """A moment, in Paris time."""

    def __init__(self, **kwargs):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        kwargs.setdefault("widget", widget)
        kwargs.setdefault("input_formats", ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M"])
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid", "Écrivez une date et une heure, par exemple 15/01/2026 23:59."
        )
        super().__init__(**kwargs)

    def to_python(self, value):
        try:
            return in_our_times(super().to_python(value))
        except OverflowError:
            # The first and the last moments have no equivalent in universal time.
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


# What people really send: documents, spreadsheets, images. Content decides, not the name.
UPLOAD_KINDS = {
    "pdf": {"application/pdf"},
    "docx": {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip"},
    "xlsx": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/zip"},
    "odt": {"application/vnd.oasis.opendocument.text", "application/zip"},
    "ods": {"application/vnd.oasis.opendocument.spreadsheet", "application/zip"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "png": {"image/png"},
}
MAX_UPLOAD = 10 * 1024 * 1024


# What a document of these kinds always holds; every archive begins like one.
PROOFS = {"docx": "[Content_Types].xml", "xlsx": "[Content_Types].xml", "odt": "mimetype", "ods": "mimetype"}
MACROS = ("vbaproject.bin", "basic/script-lc.xml")


def check_upload(file, *, extensions=tuple(UPLOAD_KINDS), max_size: int = MAX_UPLOAD) -> None:
    """Refuse, in French, a file that is empty, too large, of a kind not listed, or whose content belies its name."""
    extension = file.name.rpartition(".")[2].lower()
    if file.size == 0:
        raise ValidationError(f"Le fichier « {file.name} » est vide : vérifiez-le, puis joignez-le de nouveau.")
    if file.size > max_size:
        limit = max_size // (1024 * 1024)
        raise ValidationError(f"Le fichier « {file.name} » dépasse {limit} Mo : allégez-le avant de le joindre.")
    if extension not in extensions:
        accepted = ", ".join(sorted(extensions))
        raise ValidationError(f"Ce genre de fichier n’est pas accepté. Formats possibles : {accepted}.")
    head = file.read(8192)
    file.seek(0)
    guess = filetype.guess(head)
    if guess is None or guess.mime not in UPLOAD_KINDS[extension]:
        raise _Belied(file, extension)
    if extension in PROOFS:
        _check_archive(file, extension)


def _check_archive(file, extension: str) -> None:
    """Refuse an archive that is no document, and a document that carries macros. Reads its list, opens nothing."""
    try:
        names = {name.lower() for name in zipfile.ZipFile(file).namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _Belied(file, extension) from None
    finally:
        file.seek(0)
    if PROOFS[extension].lower() not in names:
        raise _Belied(file, extension)
    if any(name.endswith(MACROS) for name in names):
        raise ValidationError(f"Le fichier « {file.name} » contient des macros : enregistrez-le sans elles, ou en PDF.")


class _Belied(ValidationError):
    def __init__(self, file, extension: str) -> None:
        super().__init__(f"Le contenu de « {file.name} » n’est pas celui d’un fichier {extension.upper()}.")


class UploadField(forms.FileField):
    """A file checked by its content, its name and its size."""

    def __init__(self, *, extensions=tuple(UPLOAD_KINDS), max_size: int = MAX_UPLOAD, **kwargs):
        self.extensions, self.max_size = tuple(extensions), max_size
        kwargs.setdefault("error_messages", {}).setdefault(
            "empty", "Ce fichier est vide : vérifiez-le, puis joignez-le de nouveau."
        )
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if data:
            check_upload(data, extensions=self.extensions, max_size=self.max_size)
        return file

    def widget_attrs(self, widget):
        return {"accept": ",".join(f".{extension}" for extension in self.extensions)}
