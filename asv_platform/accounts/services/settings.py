"""What the coordination says of its ASV: presentation, contact, figures of the survey."""

from typing import Any

from django.db import transaction

from asv_platform.accounts.models import User
from asv_platform.audit.services import record
from asv_platform.territories.models import Asv


@transaction.atomic
def update_asv(*, asv: Asv, by: User, **fields: Any) -> Asv:
    """Change the description of the ASV; its name, its address and its perimeter belong to the operators."""
    asv = Asv.objects.select_for_update(of=("self",)).get(pk=asv.pk)
    changed = sorted(name for name, value in fields.items() if getattr(asv, name) != value)
    for name, value in fields.items():
        setattr(asv, name, value)
    asv.full_clean()
    asv.save()
    record("asv.updated", by=by, subject=asv, fields=changed)
    return asv
