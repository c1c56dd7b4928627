"""Many-to-many fields in the history of a row: each is kept apart by django-simple-history, after the row itself."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

# A service saves the row, then its tags: what is written within this time by one person is one act.
ONE_ACT = dt.timedelta(seconds=2)


@dataclass
class Act:
    """Consecutive records of one act: the first is the save of the row, the last holds its tags."""

    before: Any
    first: Any
    last: Any


@dataclass(frozen=True)
class TagChange:
    """A list of tags that an act changed."""

    label: str
    before: list[str]
    after: list[str]


def gather_acts(records: list, changed: Any) -> list[Act]:
    """The acts behind ``records``, both latest first; ``changed(record, previous)``: did the row itself change?"""
    acts: list[Act] = []
    previous = None
    for record in reversed(records):
        act = acts[-1] if acts else None
        if act and _continues(act, record) and not changed(record, previous):
            act.last = record
        else:
            acts.append(Act(before=previous, first=record, last=record))
        previous = record
    return acts[::-1]


class TagReader:
    """The tags of each historical record, by field, as labels: two queries a field, whatever the number of records."""

    def __init__(self, records: list) -> None:
        self.fields = list(getattr(type(records[0]), "_history_m2m_fields", ())) if records else []
        self._ids: dict[str, dict[int, set[int]]] = {}
        self._labels: dict[str, dict[int, str]] = {}
        for field in self.fields:
            self._read(field, records)

    def changes(self, act: Act) -> list[TagChange]:
        """The lists of tags that the act changed; none for the creation of the row."""
        if act.before is None or act.first.history_type != "~":
            return []
        return [
            TagChange(str(field.verbose_name), self._of(field, act.before), self._of(field, act.last))
            for field in self.fields
            if self._ids[field.name][act.before.history_id] != self._ids[field.name][act.last.history_id]
        ]

    def _read(self, field: Any, records: list) -> None:
        rows = getattr(records[0], field.name).model._base_manager
        pairs = list(
            rows.filter(history_id__in=[record.history_id for record in records]).values_list(
                "history_id", field.m2m_reverse_field_name() + "_id"
            )
        )
        ids: dict[int, set[int]] = defaultdict(set)
        for history_id, tag_id in pairs:
            ids[history_id].add(tag_id)
        found = field.related_model._base_manager.in_bulk({tag_id for _, tag_id in pairs})
        self._ids[field.name] = ids
        self._labels[field.name] = {pk: str(tag) for pk, tag in found.items()}

    def _of(self, field: Any, record: Any) -> list[str]:
        labels = self._labels[field.name]
        return sorted(labels.get(pk, "élément supprimé") for pk in self._ids[field.name][record.history_id])


def _continues(act: Act, record: Any) -> bool:
    return (
        record.history_type == "~"
        and record.history_user_id == act.first.history_user_id
        and record.history_date - act.last.history_date < ONE_ACT
    )
