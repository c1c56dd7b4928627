"""Records that are probably the same as the one being typed: nobody creates twins on purpose."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from actors.models import Affiliation, Organisation, Person
from asv_platform.common.formats import join_and
from asv_platform.territories.normalise import normalise

ALIKE = 0.88
MAX_SHOWN = 5
_EMPTY_WORDS = {"association", "asso", "l", "la", "le", "les", "d", "de", "du", "des", "et", "a", "au", "aux", "en"}


@dataclass(frozen=True)
class Duplicate:
    """A record that looks like the one being typed, and why."""

    pk: int
    label: str
    reasons: list[str]
    is_archived: bool

    def __str__(self):
        archived = ", archivée" if self.is_archived else ""
        return f"« {self.label} » ({join_and(self.reasons)}{archived})"


def organisation_duplicates(
    *, name: str, acronym: str = "", email: str = "", phone: str = "", excluding: int | None = None
) -> list[Duplicate]:
    """Organisations in scope with the same mail or telephone, or almost the same name. One query."""
    rows = Organisation.objects.exclude(pk=excluding).values_list(
        "pk", "name", "acronym", "email", "phone", "archived_at"
    )
    wanted = _words(name)
    found = []
    for pk, other, sigle, other_email, other_phone, archived_at in rows.iterator():
        reasons = _same({"même courriel": (email, other_email), "même téléphone": (phone, other_phone)})
        if _alike(wanted, _words(other)) or _is_acronym(name, acronym, other, sigle):
            reasons.insert(0, "nom semblable")
        if reasons:
            found.append(Duplicate(pk, other, reasons, archived_at is not None))
    return _best(found)


def person_duplicates(
    *, first_name: str, last_name: str, email: str = "", rpps: str = "", excluding: int | None = None
) -> list[Duplicate]:
    """People in scope with the same mail or RPPS number, or almost the same first and last names. Two queries."""
    wanted = normalise(f"{last_name} {first_name}")
    same_mail = (
        set(Affiliation.objects.filter(email__iexact=email).values_list("person_id", flat=True)) if email else set()
    )
    found = []
    rows = Person.objects.exclude(pk=excluding).values_list(
        "pk", "first_name", "last_name", "search_name", "email", "rpps", "archived_at"
    )
    for pk, first, last, search_name, other_email, other_rpps, archived_at in rows.iterator():
        reasons = _same({"même RPPS": (rpps, other_rpps), "même courriel": (email, other_email)})
        if pk in same_mail and "même courriel" not in reasons:
            reasons.append("même courriel")
        if first_name and first and _alike(wanted, search_name):
            reasons.insert(0, "nom semblable")
        if reasons:
            found.append(Duplicate(pk, f"{first} {last}".strip(), reasons, archived_at is not None))
    return _best(found)


def _same(pairs: dict[str, tuple[str, str]]) -> list[str]:
    return [reason for reason, (mine, other) in pairs.items() if mine and mine.casefold() == other.casefold()]


def _best(found: Iterable[Duplicate]) -> list[Duplicate]:
    return sorted(found, key=lambda duplicate: (-len(duplicate.reasons), duplicate.label))[:MAX_SHOWN]


def _words(name: str) -> str:
    """The name without the words that do not tell one organisation from another."""
    words = normalise(name).split()
    return " ".join(word for word in words if word not in _EMPTY_WORDS) or " ".join(words)


def _alike(mine: str, other: str) -> bool:
    if not mine or not other:
        return False
    # « Quartier nord » and « Quartier sud », « École 1 » and « École 2 »: a number or a word in full is a difference.
    if re.findall(r"\d+", mine) != re.findall(r"\d+", other):
        return False
    if sorted(mine.split()) == sorted(other.split()):
        return True
    matcher = SequenceMatcher(None, mine, other, autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _is_acronym(name: str, acronym: str, other: str, other_acronym: str) -> bool:
    """Whether one is typed by its acronym and the other in full: « CPAM » and « CPAM (Caisse primaire…) »."""
    mine, its = normalise(acronym), normalise(other_acronym)
    return bool(its and normalise(name) == its) or bool(mine and normalise(other) == mine)
