"""How a form is laid out: kinds of field, rows, fieldsets, lines of the error summary."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.forms import BaseForm, BaseFormSet, BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from asv_platform.common.formats import join_or


@dataclass(frozen=True)
class FieldsetLayout:
    """A fieldset and its rows; each row holds the fields that stand side by side."""

    legend: str
    rows: list[list[BoundField]]


@dataclass(frozen=True)
class ErrorLine:
    """One thing to correct, and the field to go to (no anchor when it is about the whole form)."""

    label: str
    message: str
    anchor: str


def field_kind(field: BoundField) -> str:
    """``hidden``, ``check`` (one box), ``group`` (fieldset of boxes or parts) or ``plain``."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "plain"
    return "group" if widget.use_fieldset else "plain"


def text_limit(field: BoundField) -> int | None:
    """The number of characters to count down in a long text, if it has a limit."""
    return getattr(field.field, "max_length", None) if isinstance(field.field.widget, forms.Textarea) else None


def is_money(field: BoundField) -> bool:
    """Whether the unit € is drawn inside the field."""
    return getattr(field.field.widget, "is_money", False)


def upload_rules(field: BoundField) -> str:
    """What a file field accepts, in words; nothing for another field."""
    extensions, max_size = getattr(field.field, "extensions", ()), getattr(field.field, "max_size", 0)
    if not extensions:
        return ""
    names = join_or([name.upper() for name in extensions if name != "jpeg"])
    return f"{names}, {max_size // (1024 * 1024)}\u00a0Mo au plus."


def control(field: BoundField) -> SafeString:
    """The widget, described by what ``forms/field.html`` writes around it."""
    if field_kind(field) == "group":
        return field.as_widget()
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    described += [f"{field.auto_id}_rules"] if upload_rules(field) else []
    described += [f"{field.auto_id}_count"] if text_limit(field) else []
    written = field.as_widget(attrs={"aria-describedby": " ".join(described)} if described else None)
    return format_html('<div class="money">{}</div>', written) if is_money(field) else written


def layout_rows(form: BaseForm) -> list[FieldsetLayout]:
    """The form's ``fieldsets`` ([(legend, [name | (name, name)])]), then the fields they forget, in order."""
    declared = getattr(form, "fieldsets", None) or ()
    layout = [FieldsetLayout(legend, [_row(form, names) for names in rows]) for legend, rows in declared]
    placed = {field.name for group in layout for row in group.rows for field in row}
    rest = [[field] for field in form.visible_fields() if field.name not in placed]
    layout = [FieldsetLayout(group.legend, [row for row in group.rows if row]) for group in layout]
    return [group for group in layout if group.rows] + ([FieldsetLayout("", rest)] if rest else [])


def _row(form: BaseForm, names: str | Iterable[str]) -> list[BoundField]:
    wanted = (names,) if isinstance(names, str) else names
    return [form[name] for name in wanted if name in form.fields and not form[name].is_hidden]


def error_lines(form: BaseForm | BaseFormSet) -> list[ErrorLine]:
    """Every error of a form or formset, in the order of the page."""
    if isinstance(form, BaseFormSet):
        whole = [ErrorLine("", str(message), "") for message in form.non_form_errors()] if form.is_bound else []
        return whole + [line for part in form.forms for line in error_lines(part)]
    if not form.is_bound:
        return []
    lines = [ErrorLine("", str(message), "") for message in form.non_field_errors()]
    for field in form:
        anchor = "" if field.is_hidden else field.auto_id
        label = "" if field.is_hidden else str(field.label)
        lines += [ErrorLine(label, str(message), anchor) for message in field.errors]
    return lines
