"""The pages that every owned row has: archive, restore, history. One line of ``urls.py`` declares the three."""

from collections.abc import Sequence
from typing import Any

from django.urls import URLPattern, path
from django.utils.html import format_html

from asv_platform.audit.views import HistoryPage
from asv_platform.common.views import Action, ConfirmPage
from asv_platform.territories.editing import archive, restore


class ArchivePage(ConfirmPage):
    """Ask, then archive. The row's mixin may give ``archive_consequences``, and its own ``archive_row``."""

    crumb = "Archiver"
    submit_label = "Archiver"
    text = "Cette fiche quittera les listes. Rien n’est effacé : elle garde son historique et peut être rétablie."
    archive_consequences: Sequence[str] = ()

    def get_title(self):
        return f"Archiver « {self.object} »"

    def consequences(self):
        return list(self.archive_consequences)

    def archive_row(self):
        return archive(self.object, by=self.request.user)

    def act(self, data):
        return self.archive_row()

    def get_success_message(self, result):
        restore_url = self.request.path.removesuffix("archiver/") + "retablir/"
        return format_html('« {} » : fiche archivée. <a href="{}">Rétablir</a>', result, restore_url)


class RestorePage(ConfirmPage):
    """Ask, then put an archived row back on the lists. The row's mixin may give its own ``restore_row``."""

    crumb = "Rétablir"
    submit_label = "Rétablir"
    text = "Cette fiche reviendra dans les listes."

    def get_title(self):
        return f"Rétablir « {self.object} »"

    def restore_row(self):
        return restore(self.object, by=self.request.user)

    def act(self, data):
        return self.restore_row()

    def get_success_message(self, result):
        return f"« {result} » : fiche rétablie."


def shelf_action(page: Any, noun: str, *, restore: str = "primary") -> Action:
    """The button that archives the row of ``page``, or puts it back: nothing else is to be done on its own page.

    ``noun`` names the addresses as in ``row_paths``; ``restore`` is the kind of the second button, for a form.
    """
    row = page.object
    if row.archived_at:
        return Action("Rétablir", page.url(f"{noun}_restore", pk=row.pk), "archive-restore", restore)
    return Action("Archiver", page.url(f"{noun}_archive", pk=row.pk), "archive", "secondary")


def row_paths(route: str, noun: str, mixin: Any) -> list[URLPattern]:
    """The addresses ``<route><pk>/archiver/``, ``retablir/`` and ``historique/`` of the rows that ``mixin`` is about.

    They are named ``<noun>_archive``, ``<noun>_restore`` and ``<noun>_history``. ``mixin`` says what any page about
    such a row needs: ``get_queryset``, ``crumbs``, ``get_success_url``, ``view_permission`` and ``edit_permission``.
    """
    pages: list[tuple[str, str, type, str]] = [
        ("archive", "archiver", ArchivePage, mixin.edit_permission),
        ("restore", "retablir", RestorePage, mixin.edit_permission),
        ("history", "historique", HistoryPage, mixin.view_permission),
    ]
    found = []
    for verb, word, base, permission in pages:
        page: Any = type(f"{mixin.__name__}{base.__name__}", (mixin, base), {"permission": permission})
        found.append(path(f"{route}<int:pk>/{word}/", page.as_view(), name=f"{noun}_{verb}"))
    return found
