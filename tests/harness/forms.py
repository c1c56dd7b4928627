"""The forms of a page, read from its HTML as a browser would: fields, values, choices."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TEXT_TYPES = {"text", "search", "email", "url", "tel", "password", "textarea"}


@dataclass
class Field:
    """One control of a form."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        return self.kind in TEXT_TYPES

    @property
    def is_secret(self) -> bool:
        """Never shown again by a page."""
        return self.kind in {"password", "file"}


@dataclass
class HtmlForm:
    """One form of a page."""

    action: str
    method: str
    fields: list[Field] = field(default_factory=list)

    def filled(self) -> dict[str, list[str]]:
        """What a browser would send if nobody touched anything, hidden fields included; never the CSRF token."""
        data: dict[str, list[str]] = {}
        for control in self.fields:
            if control.name != "csrfmiddlewaretoken" and control.value and control.kind != "file":
                data.setdefault(control.name, []).append(control.value)
        return data


def forms_of(html: str) -> list[HtmlForm]:
    """The forms of a page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[HtmlForm] = []
        self.form: HtmlForm | None = None
        self.control: Field | None = None
        self.boxes: dict[str, Field] = {}
        self.labelled: Field | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.form = HtmlForm(given.get("action") or "", (given.get("method") or "get").lower())
            self.forms.append(self.form)
        elif tag == "input":
            self._input(given)
        elif tag in {"select", "textarea"}:
            self.control = self._add(Field(given.get("name") or "", tag))
        elif tag == "option" and self.control is not None:
            self._option(given)
            self._begin_label(self.control)
        elif tag == "label":
            self._begin_label(self.boxes.get(given.get("for") or ""))
        elif tag == "button" and given.get("name"):
            self._add(Field(given["name"], "submit", given.get("value") or ""))

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag in {"select", "textarea"}:
            self.control = None
        elif tag in {"option", "label"}:
            self.labelled = None

    def handle_data(self, data):
        if self.labelled is not None:
            self.labelled.labels[-1] += data
        if self.control is not None and self.control.kind == "textarea":
            self.control.value += data.strip("\n")

    def _input(self, given: dict) -> None:
        kind = given.get("type") or "text"
        if kind not in {"checkbox", "radio"}:
            self._add(Field(given.get("name") or "", kind, given.get("value") or ""))
            return
        value = given.get("value") or "on"
        known = [control for control in self.form.fields if control.name == given.get("name")] if self.form else []
        control = known[0] if known else self._add(Field(given.get("name") or "", kind))
        control.choices.append(value)
        self.boxes[given.get("id") or ""] = control
        if "checked" in given:
            control.value = value

    def _option(self, given: dict) -> None:
        assert self.control is not None
        self.control.choices.append(given.get("value") or "")
        if "selected" in given:
            self.control.value = given.get("value") or ""

    def _begin_label(self, control: Field | None) -> None:
        self.labelled = control
        if control is not None:
            control.labels.append("")

    def _add(self, control: Field) -> Field:
        if self.form is not None and control.name:
            self.form.fields.append(control)
        return control
