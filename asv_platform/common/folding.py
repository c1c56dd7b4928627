"""Text found whatever its case, its accents and its apostrophes, on SQLite and PostgreSQL alike.

A plain rule in the query, rather than one more column in each table: an ASV has a few hundred rows of each kind.
PostgreSQL's ``unaccent`` would ask for an extension that hosts do not always install.
"""

import operator
import unicodedata
from functools import reduce

from django.db.backends.signals import connection_created
from django.db.models import CharField, Q, TextField, Transform

_ACCENTED = "àâäáãåçéèêëíìîïñóòôöõúùûüýÿÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝŸ’"
_PLAIN = "aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuyy'"
_LIGATURES = {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"}


def fold(text: str) -> str:
    """Lower case, without accents, « œ » written « oe », the typographic apostrophe written straight."""
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


class Folded(Transform):
    """``title__folded__contains=fold(text)``."""

    lookup_name = "folded"
    function = "ASV_FOLD"

    def as_postgresql(self, compiler, connection, **context):
        template = "%(expressions)s"
        for ligature, letters in _LIGATURES.items():
            template = f"REPLACE({template}, '{ligature}', '{letters}')"
        accented, plain = _ACCENTED, _PLAIN.replace("'", "''")
        return self.as_sql(compiler, connection, template=f"TRANSLATE(LOWER({template}), '{accented}', '{plain}')")


def holding(text: str, *fields: str) -> Q:
    """Every word of ``text`` is in one of these fields, as ``Folded`` reads them; nothing is found by no word."""
    words = fold(text).split()
    found = (reduce(operator.or_, (Q(**{f"{field}__folded__contains": word}) for field in fields)) for word in words)
    return reduce(operator.and_, found) if words else Q(pk=None)


def _teach_sqlite(sender, connection, **kwargs) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(
            Folded.function, 1, lambda text: None if text is None else fold(text), deterministic=True
        )


def install() -> None:
    """Make the transform known to the fields and to SQLite; called once, when the project starts."""
    for field in (CharField, TextField):
        field.register_lookup(Folded)
    connection_created.connect(_teach_sqlite)
