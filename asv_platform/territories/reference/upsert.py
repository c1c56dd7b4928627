"""Write reference rows by natural key: primary keys, which ASV point to, survive every reload."""

from collections.abc import Sequence

from django.db import models

BATCH = 2000


def upsert(rows: Sequence[models.Model], *, key: str) -> None:
    """Create or update ``rows`` of one model, matched on the unique field ``key``."""
    if not rows:
        return
    model = type(rows[0])
    fields = [field.name for field in model._meta.concrete_fields if not field.primary_key and field.name != key]
    model._default_manager.bulk_create(
        rows, batch_size=BATCH, update_conflicts=True, unique_fields=[key], update_fields=fields
    )


def ids_by(model: type[models.Model], key: str) -> dict[str, int]:
    """Primary keys by natural key."""
    return dict(model._default_manager.values_list(key, "pk"))
