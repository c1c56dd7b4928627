"""The chapters L’essentiel and Le territoire."""

from asv_platform.common.formats import date_short, join_and, money, number, plural
from asv_platform.common.masking import HIDDEN, SMALL, is_small
from asv_platform.reporting import maps
from asv_platform.reporting.annual.money import KeyFigure
from asv_platform.reporting.snapshot import AnnualSnapshot
from asv_platform.reporting.totals import Totals, totals_of
from asv_platform.reporting.words import capital, counted, in_words, whole_percent
from diagnostics.selectors import times_heard


def essentials(snapshot: AnnualSnapshot) -> dict:
    """What the chapter L’essentiel shows."""
    totals = totals_of(snapshot)
    figures = [figure for figure in _figures(snapshot, totals) if figure]
    return {
        "headline": snapshot.edition.headline or _headline(totals),
        "rows": [figures[i : i + 3] for i in range(0, len(figures), 3)],
        "identity": _identity(snapshot),
        "coverage": totals.coverage if totals.actions else "",
        "awaited": totals.awaited,
    }


def _headline(totals: Totals) -> str:
    if not totals.actions:
        return "Une année sans programme d’actions voté"
    told = f"{totals.reported} avec un bilan" if totals.reported or not totals.awaited else totals.awaited
    parts = [f"{plural(totals.actions, 'action')} au programme", told]
    if totals.people is not None and not totals.people_hidden:
        parts.append(plural(totals.people, "personne touchée", "personnes touchées"))
    return ", ".join(parts)


def _figures(s: AnnualSnapshot, t: Totals) -> list[KeyFigure | None]:
    return [
        granted_figure(s, t),
        _spending(t),
        people_figure(t),
        sessions_figure(t),
        partners_figure(s),
        heard_figure(s),
    ]


def granted_figure(s: AnnualSnapshot, t: Totals) -> KeyFigure | None:
    """The grants of the year; None without an action."""
    return KeyFigure(money(t.granted), "de subventions accordées", _trend(s, t)) if t.actions else None


def _trend(s: AnnualSnapshot, t: Totals) -> str:
    if not s.granted_before:
        return f"à {plural(t.actions, 'action')}"
    change = (t.granted - s.granted_before) * 100 / s.granted_before
    sign = "+" if change >= 0 else "−"
    return f"{sign} {whole_percent(abs(change))} sur un an ({money(s.granted_before)} en {s.edition.year - 1})"


def _spending(t: Totals) -> KeyFigure | None:
    if t.spending_rate is None:
        return None
    note = (
        f"{money(t.spent)} sur {money(t.planned)}, autres ressources comprises ; "
        f"{plural(t.accounted, 'compte rendu', 'comptes rendus')} sur {t.actions}"
    )
    return KeyFigure(whole_percent(t.spending_rate), "du coût total prévu réalisé", note)


def people_figure(t: Totals) -> KeyFigure | None:
    """The people reached, masked when they are few; None when no action counted them."""
    if t.people is None:
        return None
    if t.people_hidden:
        return KeyFigure(SMALL if is_small(t.people) else HIDDEN, "personnes touchées", "effectif masqué")
    notes = [f"{whole_percent(t.share_in_qpv)} en quartier prioritaire"] if t.share_in_qpv is not None else []
    notes += ["doubles comptes possibles entre actions"] if t.counted > 1 else []
    return KeyFigure(number(t.people), "personnes touchées", " ; ".join(notes))


def sessions_figure(t: Totals) -> KeyFigure | None:
    """The sessions held and who came; None when no log was kept."""
    if t.sessions is None:
        return None
    note = plural(t.participations, "participation") if t.participations and not is_small(t.participations) else ""
    if note and t.share_of_participations_in_qpv is not None:
        note += f", dont {whole_percent(t.share_of_participations_in_qpv)} d’habitants des quartiers prioritaires"
    return KeyFigure(number(t.sessions), "séance tenue" if t.sessions == 1 else "séances tenues", note)


def partners_figure(s: AnnualSnapshot) -> KeyFigure | None:
    """The organisations of the network without those that pay; None when it is not written down."""
    network = s.network
    if network.partners is None:
        return None
    notes = ["hors financeurs"]
    if network.partners_before is not None:
        notes.append(f"{number(network.partners_before)} en {s.edition.year - 1}")
    if s.edition.data_on and s.edition.data_on.year > s.edition.year:
        notes.append(f"au {date_short(s.edition.data_on)}")
    if network.meetings:
        notes.append(plural(network.meetings, "réunion"))
    label = "organisation" if network.partners == 1 else "organisations"
    return KeyFigure(number(network.partners), f"{label} dans le réseau", " ; ".join(notes))


def heard_figure(s: AnnualSnapshot) -> KeyFigure | None:
    """The words of residents; None without a diagnostic."""
    heard = s.diagnostic.resident_voices
    if heard is None:
        return None
    said = ("parole d’habitant", "recueillie") if heard < 2 else ("paroles d’habitants", "recueillies")
    told = times_heard(heard, s.diagnostic.resident_mentions) or said[1]
    return KeyFigure(number(heard), said[0], f"{told} pour le diagnostic partagé")


def _identity(s: AnnualSnapshot) -> list[tuple[str, str]]:
    identity, network = s.identity, s.network
    fte = identity.full_time_equivalent
    rows = [
        ("Porteur", identity.carrier),
        ("Création", str(identity.created_year or "")),
        ("Périmètre", _perimeter(s)),
        ("Coordination", ", ".join([*identity.coordinators, *([f"{number(fte)} ETP"] if fte else [])])),
        ("Contrats", " ; ".join(filter(None, [identity.city_contract, identity.health_contract]))),
        ("Pilotage", _steering(network.steering_meetings, network.technical_meetings)),
    ]
    return [(label, value) for label, value in rows if value]


def _perimeter(s: AnnualSnapshot) -> str:
    places = s.territory.places
    parts = [join_and([town.name for town in s.territory.towns])]
    if places:
        parts.append(plural(len(places), "quartier prioritaire", "quartiers prioritaires"))
    return ", ".join(filter(None, parts))


def _steering(steering: int | None, technical: int | None) -> str:
    parts = []
    if steering is not None:
        parts.append(f"comité de pilotage : {plural(steering, 'séance')}")
    if technical is not None:
        parts.append(f"comité technique : {technical}")
    return capital(" ; ".join(parts))


def territory(snapshot: AnnualSnapshot) -> dict:
    """What the chapter Le territoire shows."""
    land = snapshot.territory
    return {
        "headline": _territory_headline(snapshot),
        "map": maps.perimeter(land),
        "places": land.places,
        "has_poverty": any(place.poverty is not None for place in land.places),
        "has_employment": any(place.employment is not None for place in land.places),
        "towns": land.towns,
        "source": land.source.rstrip("."),
        "outline_source": land.outline_source,
        "has_communes": any(town.rings for town in land.towns),
    }


def _territory_headline(snapshot: AnnualSnapshot) -> str:
    land = snapshot.territory
    if not land.places:
        return join_and([town.name for town in land.towns])
    places = counted(len(land.places), "quartier prioritaire", "quartiers prioritaires")
    across = sum("," in place.communes for place in land.places)
    if across and len(land.places) == 1:
        return "Un quartier prioritaire, à cheval sur plusieurs communes"
    if across:
        return capital(f"{places}, dont {in_words(across)} à cheval sur plusieurs communes")
    people = sum(place.population or 0 for place in land.places)
    return capital(f"{places}, {number(people)} habitants" if people else places)


def issued_text(snapshot: AnnualSnapshot) -> str:
    """When and by whom the edition was issued."""
    edition = snapshot.edition
    if edition.is_draft:
        return "Aperçu de travail : cette édition n’est pas émise."
    by = f" par {edition.author}" if edition.author else ""
    return f"N° {edition.number}, émise le {date_short(edition.issued_on)}{by}."
