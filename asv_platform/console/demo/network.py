"""The ASV of the demonstration, its team and its network."""

import datetime as dt
from decimal import Decimal
from typing import Any

from stdnum import iban, luhn

from actors.enums import PartnerRole
from actors.models import Term
from actors.services import create_organisation, create_person, grant_partner_access
from asv_platform.accounts.enums import Role
from asv_platform.accounts.models import Membership, User
from asv_platform.accounts.services.codes import prove_address
from asv_platform.console.demo.story import Story
from asv_platform.territories.models import Asv, Commune, Neighbourhood
from asv_platform.territories.scoping import asv_scope
from asv_platform.territories.services import create_asv

PASSWORD = "atelier-sante-ville"  # noqa: S105 -- the public password of the demonstration
CONFIRMED_EVERY = 5
STREETS = ("rue de la Paix", "avenue de la République", "rue des Écoles", "place du Marché", "allée des Tilleuls")


def open_asv(data: dict[str, Any], *, today: dt.date) -> Story:
    """Create the ASV and its team from its data file."""
    fields = dict(data["asv"])
    perimeter = fields.pop("communes")
    named = [*perimeter, *(row["commune"] for row in data["organisations"] if "commune" in row)]
    communes = {commune.code: commune for commune in Commune.objects.filter(code__in=named)}
    places = {place.code: place for place in Neighbourhood.objects.filter(code__in=fields.pop("neighbourhoods"))}
    fields["presentation"] = fields["presentation"].strip()
    asv = create_asv(
        by=None, communes=[communes[code] for code in perimeter], neighbourhoods=list(places.values()), **fields
    )
    members = [member(asv, **user) for user in data["users"]]
    terms = {term.code: term for term in Term.objects.all()}
    return Story(data=data, today=today, asv=asv, coordinator=members[0], terms=terms, communes=communes, places=places)


def account(email: str, *, first_name: str = "", last_name: str = "", password: str | None = PASSWORD) -> User:
    """A demonstration account, its address already proven."""
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, password, first_name=first_name, last_name=last_name)
        prove_address(user, email)
    return user


def member(asv: Asv, *, email: str, first_name: str, last_name: str, role: str, admin: bool = False) -> User:
    """A member of the team; with ``admin``, one who also has the Django administration of their ASV."""
    user = account(email, first_name=first_name, last_name=last_name)
    if admin and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    Membership.objects.get_or_create(asv=asv, user=user, defaults={"role": Role(role)})
    return user


def build_network(story: Story) -> None:
    """Write the organisations and the people of the file."""
    with asv_scope(story.asv.pk):
        for index, row in enumerate(story.data["organisations"]):
            _organisation(story, row, index)
        for row in story.data["people"]:
            _person(story, row)


def _organisation(story: Story, row: dict[str, Any], index: int) -> None:
    representative = row.get("representative", ["", ""])
    # A few records were not checked for long: the Monday page has something to say.
    age = 300 if index % CONFIRMED_EVERY == CONFIRMED_EVERY - 1 else 20 + 9 * index
    organisation = create_organisation(
        asv=story.asv,
        by=story.coordinator,
        on=story.today - dt.timedelta(days=age),
        name=row["name"],
        acronym=row.get("acronym", ""),
        kind=row["kind"],
        is_funder=row.get("is_funder", False),
        missions=row.get("missions", ""),
        **_address(story, row, index),
        rna=f"W{story.asv.pk % 10}{index:08d}" if row["kind"] == "association" else "",
        siret="" if row["kind"] == "association" else invented_siret(story.asv.pk * 100 + index),
        email=row.get("email", ""),
        phone=row.get("phone", ""),
        legal_representative=representative[0],
        legal_representative_function=representative[1],
        staff_count=row.get("staff"),
        volunteer_count=row.get("volunteers"),
        member_count=row.get("members"),
        sectors=story.some_terms(row.get("sectors", [])),
        themes=story.some_terms(row.get("themes", [])),
        publics=story.some_terms(row.get("publics", [])),
        covers_perimeter=row.get("neighbourhoods") == [],
        neighbourhoods=story.some_places(row.get("neighbourhoods", [])),
    )
    story.organisations[row["key"]] = organisation
    if email := row.get("partner"):
        first, _, last = representative[0].partition(" ")
        user = account(email, first_name=first, last_name=last, password=None)
        grant_partner_access(user=user, organisation=organisation, role=PartnerRole.OWNER, by=story.coordinator)
        story.partners[row["key"]] = user


def _address(story: Story, row: dict[str, Any], index: int) -> dict[str, Any]:
    """An invented street of the commune where it is: the first of the perimeter unless the file says another."""
    commune = story.communes[row.get("commune", story.perimeter[0])]
    longitude, latitude = _somewhere(story, row, index) if commune.code in story.perimeter else (None, None)
    return {
        "address": f"{3 + 4 * index} {STREETS[index % len(STREETS)]}",
        "postal_code": commune.postal_codes[0],
        "commune": commune,
        "longitude": longitude,
        "latitude": latitude,
    }


def _somewhere(story: Story, row: dict[str, Any], index: int) -> tuple[Decimal | None, Decimal | None]:
    """A point near the neighbourhood where the organisation works, when it has one: the address is invented."""
    codes = row.get("neighbourhoods") or list(story.places)
    place = story.places[codes[index % len(codes)]]
    if place.longitude is None or place.latitude is None:
        return None, None
    step = Decimal(index % 5 - 2) / 1000
    return round(Decimal(str(place.longitude)) + step, 6), round(Decimal(str(place.latitude)) - step / 2, 6)


def invented_siret(number: int) -> str:
    """A number of the right form in a range that no real establishment uses (SIREN beginning with 999)."""
    siren = luhn.calc_check_digit(f"999{number:05d}")
    stem = f"999{number:05d}{siren}0001"
    return stem + luhn.calc_check_digit(stem)


def invented_iban(number: int) -> str:
    """An IBAN of the right form and keys, in a bank that does not exist (code 99999)."""
    bank, branch, account = 99999, 1, number
    key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    stem = f"FR00{bank:05d}{branch:05d}{account:011d}{key:02d}"
    return f"FR{iban.calc_check_digits(stem)}{stem[4:]}"


def _person(story: Story, row: dict[str, Any]) -> None:
    person = create_person(
        asv=story.asv,
        by=story.coordinator,
        on=story.today - dt.timedelta(days=60),
        organisation=story.organisations[row["organisation"]],
        function=row["function"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        email=row.get("email", ""),
        role=row["role"],
        consent_on=story.today - dt.timedelta(days=400),
    )
    story.people[row["last_name"]] = person
