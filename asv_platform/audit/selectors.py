"""The activity log and the history of a row, as pages show them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from asv_platform.audit.events import event_sentence
from asv_platform.audit.models import AuditEntry
from asv_platform.audit.tags import Act, TagChange, TagReader, gather_acts
from asv_platform.common.formats import date_time, stored

SYSTEM = "La plateforme"
NOTHING = "vide"
# Bookkeeping that would only be noise in a history.
HIDDEN = frozenset({"id", "asv", "version", "created_at", "updated_at", "search_name"})
# Said by a verb, not by its dates.
SHELF = "archived_at"
KINDS = {"+": "Créé", "~": "Modifié", "-": "Supprimé"}


@dataclass(frozen=True)
class ActivityRow:
    """One line of the « Journal d’activité »."""

    at: dt.datetime
    actor: str
    sentence: str
    subject: str
    subject_type: str
    subject_id: int | None
    details: dict

    def __str__(self):
        return f"{self.actor} {self.sentence} {self.subject}".strip()


@dataclass(frozen=True)
class FieldChange:
    """One field of one change: what it was, what it became."""

    label: str
    before: str
    after: str
    field: str = ""

    def __str__(self):
        return f"{self.label} : {self.before} → {self.after}"


@dataclass(frozen=True)
class HistoryEntry:
    """One change of a row, ready for the timeline: title, field changes, date."""

    title: str
    at: dt.datetime
    changes: tuple[FieldChange, ...]
    text: str = ""
    url: str = ""

    @property
    def sub(self) -> str:
        return date_time(self.at)


def activity(
    asv: models.Model,
    *,
    actor_id: int | None = None,
    event: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> QuerySet[AuditEntry]:
    """The log of one ASV, the latest first, with its authors: rows for a list page (``activity_row`` words them).

    ``event`` is an event or the start of one ("proposal."); the dates are days of Paris, both included.
    """
    entries = AuditEntry.objects.filter(asv_id=asv.pk).select_related("actor").order_by("-at", "-pk")
    if actor_id:
        entries = entries.filter(actor_id=actor_id)
    if event:
        entries = entries.filter(event__startswith=event)
    if since:
        entries = entries.filter(at__gte=_midnight(since))
    if until:
        entries = entries.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    return entries


def activity_row(entry: AuditEntry) -> ActivityRow:
    """An entry of ``activity()`` in French."""
    return ActivityRow(
        at=entry.at,
        actor=str(entry.actor) if entry.actor else SYSTEM,
        sentence=event_sentence(entry.event),
        subject=entry.subject_label,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        details=entry.details,
    )


def actors_of(asv: models.Model) -> list[tuple[int, str]]:
    """Those who appear in the log of an ASV, for its filter."""
    rows = (
        AuditEntry.objects.filter(asv_id=asv.pk, actor__isnull=False)
        .order_by("actor__last_name", "actor__first_name", "actor__email")
        .values_list("actor_id", "actor__first_name", "actor__last_name", "actor__email")
        .distinct()
    )
    return [(pk, f"{first} {last}".strip() or email) for pk, first, last, email in rows]


def history_of(row: models.Model, *, limit: int = 100, without: Collection[str] = ()) -> list[HistoryEntry]:
    """The changes of a tracked row, the latest first: who, when, each field before and after, in French.

    The fields named ``without`` are left out, and so are the changes of nothing else. The number of queries does not
    depend on the number of changes: one for them, one for each foreign key, two for each many-to-many field whose
    history is kept.
    """
    records = list(row.history.select_related("history_user").order_by("-history_date", "-history_id")[: limit + 1])  # type: ignore[attr-defined]
    fields = [field for field in row._meta.concrete_fields if field.name not in {*HIDDEN, *without}]
    labels = _related_labels(fields, records)
    tags = TagReader(records)

    def changes(record: Any, previous: Any) -> tuple[FieldChange, ...]:
        return _changes(record, previous, fields, labels) if previous else ()

    acts = gather_acts(records, changes)
    entries = [_entry(act, changes(act.first, act.before), tags.changes(act)) for act in acts]
    return [entry for entry in entries if entry][:limit]


def _entry(act: Act, changes: tuple[FieldChange, ...], tags: list[TagChange]) -> HistoryEntry | None:
    changed = act.first.history_type == "~"
    lines = (
        (*(change for change in changes if change.field != SHELF), *(_tag_line(tag) for tag in tags)) if changed else ()
    )
    verb = _shelved(act) or KINDS[act.first.history_type]
    if changed and act.before and not lines and not _shelved(act):
        return None
    who = str(act.first.history_user) if act.first.history_user else SYSTEM
    return HistoryEntry(title=f"{verb} par {who}", at=act.first.history_date, changes=lines)


def _shelved(act: Act) -> str:
    """« Archivé » or « Rétabli », for an act that took the row off the lists or put it back."""
    was, now = (getattr(record, SHELF, None) for record in (act.before, act.first))
    if act.before is None or bool(was) == bool(now):
        return ""
    return "Archivé" if now else "Rétabli"


def _tag_line(tag: TagChange) -> FieldChange:
    return FieldChange(_capital(tag.label), ", ".join(tag.before) or NOTHING, ", ".join(tag.after) or NOTHING)


def _changes(record: Any, previous: Any, fields: list, labels: dict) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(
            label=_capital(field.verbose_name),
            before=_shown(field, getattr(previous, field.attname), labels),
            after=_shown(field, getattr(record, field.attname), labels),
            field=field.name,
        )
        for field in fields
        if getattr(previous, field.attname) != getattr(record, field.attname)
    )


def _related_labels(fields: Iterable[models.Field], records: list) -> dict[str, dict[Any, str]]:
    """Labels of the rows that foreign keys pointed to, by field name."""
    labels: dict[str, dict[Any, str]] = defaultdict(dict)
    for field in fields:
        if not field.is_relation or field.related_model is None:
            continue
        ids = {getattr(record, field.attname) for record in records} - {None}
        # The base manager: a row of this ASV points to rows of this ASV, and archived ones keep their name.
        found = field.related_model._base_manager.in_bulk(ids) if ids else {}  # type: ignore[union-attr]
        labels[field.name] = {pk: str(related) for pk, related in found.items()}
    return labels


def _shown(field: Any, value: Any, labels: dict) -> str:
    if value in (None, "", [], {}):
        return NOTHING
    if field.is_relation:
        return labels[field.name].get(value, "élément supprimé")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return Truncator(stored(value)).chars(300)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
