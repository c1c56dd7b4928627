"""The network as the other apps need it: choices and partners."""

from django.db.models import Q, QuerySet

from actors.models import Organisation, PartnerAccess, Person
from actors.rules import partner_roles
from asv_platform.territories.scoping import every_asv


def organisation_options(*, including: int | None = None) -> QuerySet[Organisation]:
    """Organisations that can be chosen in a form: not archived, or the one already chosen."""
    return Organisation.objects.filter(Q(archived_at__isnull=True) | Q(pk=including)).order_by("search_name")


def person_options(*, role: str = "", including: int | None = None) -> QuerySet[Person]:
    """People who can be chosen in a form: not archived (of that role when given), or the one already chosen."""
    wanted = Q(archived_at__isnull=True, **({"role": role} if role else {}))
    return Person.objects.filter(wanted | Q(pk=including)).order_by("search_name")


def partner_addresses(organisation_id: int, *, only: Q | None = None) -> list[str]:
    """Where to write to an organisation: its accesses (those that ``only`` keeps), nobody whose account is closed."""
    accesses = PartnerAccess.objects.filter(only or Q(), organisation_id=organisation_id, user__is_active=True)
    return sorted(set(accesses.values_list("user__email", flat=True)))


def partner_organisations(user) -> list[Organisation]:
    """The organisations this user may act for, in every ASV, by name, with their ASV."""
    roles = partner_roles(user)
    if not roles:
        return []
    with every_asv(reason="the partner's own organisations, whatever the ASV"):
        return list(Organisation.objects.active().filter(pk__in=roles).select_related("asv").order_by("search_name"))
