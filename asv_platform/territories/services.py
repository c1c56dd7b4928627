"""Writes on ASV and on the correspondences between generations of QPV."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.text import slugify

from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError, StaleEdit
from asv_platform.territories.models import Asv, Commune, Neighbourhood, Succession


class PerimeterRefused(DomainError):
    """The perimeter of an ASV is empty, or one of its neighbourhoods lies outside its communes."""


class SuccessionRefused(DomainError):
    """The correspondence has already been decided the other way."""


class UnknownAsvField(TypeError):
    """``create_asv`` or ``update_asv`` was given a field that an ASV does not have."""


@transaction.atomic
def create_asv(
    *, by, name: str, communes: Collection[Commune], neighbourhoods: Collection[Neighbourhood] = (), **fields
) -> Asv:
    """Open an ASV on its perimeter; ``fields`` are those of the model, the slug being made from the name by default.

    ``by`` is a user, or None for the system. Raises PerimeterRefused, or ValidationError by field.
    """
    check_perimeter(communes=communes, neighbourhoods=neighbourhoods)
    asv = Asv(name=name)
    _assign(asv, {"slug": _free_slug(name), **fields})
    asv.full_clean()
    asv.save()
    asv.communes.set(communes)
    asv.neighbourhoods.set(neighbourhoods)
    record("asv.created", by=by, subject=asv, communes=_codes(communes), neighbourhoods=_codes(neighbourhoods))
    return asv


@transaction.atomic
def update_asv(
    *,
    asv: Asv,
    by,
    version: int | None = None,
    communes: Collection[Commune] | None = None,
    neighbourhoods: Collection[Neighbourhood] | None = None,
    **fields,
) -> Asv:
    """Change an ASV and return it; what is not given stays.

    With the ``version`` the person was editing, raises StaleEdit when somebody saved meanwhile. Raises also
    PerimeterRefused, or ValidationError by field.
    """
    asv = Asv.objects.select_for_update(of=("self",)).get(pk=asv.pk)
    if version is not None and asv.version != version:
        raise StaleEdit
    if communes is not None or neighbourhoods is not None:
        _change_perimeter(asv, communes, neighbourhoods)
    changed = sorted(name for name, value in fields.items() if getattr(asv, name, None) != value)
    _assign(asv, fields)
    asv.version += 1
    asv.full_clean()
    asv.save()
    perimeter = {"communes": communes, "neighbourhoods": neighbourhoods}
    codes = {name: _codes(rows) for name, rows in perimeter.items() if rows is not None}
    record("asv.updated", by=by, subject=asv, fields=changed, **codes)
    return asv


def check_perimeter(*, communes: Collection[Commune], neighbourhoods: Collection[Neighbourhood]) -> None:
    """Raise PerimeterRefused unless there is a commune and each neighbourhood touches one of them."""
    if not communes:
        raise PerimeterRefused("Choisissez au moins une commune : c’est le périmètre de l’ASV.")
    inside = {commune.pk for commune in communes}
    touching = set(
        Neighbourhood.communes.through._default_manager.filter(
            commune_id__in=inside, neighbourhood__in=neighbourhoods
        ).values_list("neighbourhood_id", flat=True)
    )
    outside = [row.name for row in neighbourhoods if row.pk not in touching]
    if outside:
        raise PerimeterRefused(
            f"Hors des communes choisies : {', '.join(outside)}. Retirez ces quartiers ou ajoutez leur commune."
        )


@transaction.atomic
def confirm_succession(*, succession: Succession, by, at: dt.datetime) -> Succession:
    """Record that a person vouches for a proposed correspondence. Raises SuccessionRefused if it was set aside."""
    succession = _locked(succession)
    if succession.rejected_at:
        raise SuccessionRefused(f"La correspondance {_words(succession)} a été écartée : elle ne peut être confirmée.")
    if succession.confirmed_at is None:
        succession.confirmed_at, succession.confirmed_by = at, str(by)
        succession.save()
        record("succession.confirmed", by=by, subject=succession, codes=_words(succession))
    return succession


@transaction.atomic
def reject_succession(*, succession: Succession, by, at: dt.datetime) -> Succession:
    """Set a proposed correspondence aside; reloading the data never proposes it again. Raises SuccessionRefused."""
    succession = _locked(succession)
    if succession.confirmed_at:
        raise SuccessionRefused(f"La correspondance {_words(succession)} est confirmée : elle ne peut être écartée.")
    if succession.rejected_at is None:
        succession.rejected_at, succession.rejected_by = at, str(by)
        succession.save()
        record("succession.rejected", by=by, subject=succession, codes=_words(succession))
    return succession


def _change_perimeter(
    asv: Asv, communes: Collection[Commune] | None, neighbourhoods: Collection[Neighbourhood] | None
) -> None:
    communes = list(asv.communes.all()) if communes is None else communes
    neighbourhoods = list(asv.neighbourhoods.all()) if neighbourhoods is None else neighbourhoods
    check_perimeter(communes=communes, neighbourhoods=neighbourhoods)
    asv.communes.set(communes)
    asv.neighbourhoods.set(neighbourhoods)


def _assign(asv: Asv, fields: dict) -> None:
    known = {field.name for field in Asv._meta.concrete_fields if not field.primary_key}
    if unknown := fields.keys() - known:
        raise UnknownAsvField(", ".join(sorted(unknown)))
    for name, value in fields.items():
        setattr(asv, name, value)


def _free_slug(name: str) -> str:
    base = slugify(name)[:50] or "asv"
    taken = set(Asv.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def _codes(rows: Collection[Commune] | Collection[Neighbourhood]) -> list[str]:
    return sorted(row.code for row in rows)


def _locked(succession: Succession) -> Succession:
    rows = Succession.objects.select_related("old", "new").select_for_update(of=("self",))
    return rows.get(pk=succession.pk)


def _words(succession: Succession) -> str:
    return f"{succession.old.code} → {succession.new.code}"
