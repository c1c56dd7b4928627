"""Invented content for the style guide: every component, in every state it can take."""

import datetime as dt
from types import SimpleNamespace as Item

from django import forms

from asv_platform.common import charts
from asv_platform.common.forms import DateField, Form, MoneyField, UploadField
from asv_platform.common.widgets import MultiList, PickRow

PUBLICS = [
    "Enfants et jeunes", "Femmes", "Personnes migrantes", "Personnes handicapées", "Personnes âgées",
    "Étudiants", "Familles monoparentales", "Demandeurs d’emploi", "Personnes sans abri",
]  # fmt: skip


class ExampleForm(Form):
    """A form with one field of each kind."""

    title = forms.CharField(
        label="Titre du projet", help_text="Celui qui sera imprimé sur la convention.", max_length=80
    )
    siret = forms.CharField(label="SIRET", max_length=14, min_length=14)
    summary = forms.CharField(
        label="Le projet en quelques lignes", widget=forms.Textarea(attrs={"rows": 4}), max_length=600
    )
    requested = MoneyField(label="Montant demandé")
    starts_on = DateField(label="Début")
    theme = forms.ChoiceField(label="Thème", choices=[("", "Choisissez"), ("1", "Accès aux soins"), ("2", "Nutrition")])
    mood = forms.ChoiceField(
        label="Satisfaction", widget=PickRow, choices=[(1, "Mal"), (2, "Moyen"), (3, "Bien"), (4, "Très bien")]
    )
    place = forms.ChoiceField(
        label="Lieu", widget=forms.RadioSelect, choices=[("in", "Sur place"), ("out", "Chez un partenaire")]
    )
    publics = forms.MultipleChoiceField(
        label="Publics", widget=MultiList, choices=list(enumerate(PUBLICS)), help_text="Trois au plus.", required=False
    )
    statutes = UploadField(label="Statuts", required=False)
    agreed = forms.BooleanField(label="J’ai lu le contrat d’engagement républicain", required=False)

    fieldsets = [
        ("Le projet", ["title", "siret", "summary", ("requested", "starts_on"), "theme"]),
        ("Le déroulement", ["mood", "place", "publics", "statutes", "agreed"]),
    ]


class ExampleFilters(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label="Rechercher", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label="État", required=False, choices=[("", "Tous"), ("1", "En délibération")])
    theme = forms.ChoiceField(label="Thème", required=False, choices=[("", "Tous"), ("1", "Santé mentale")])


def _forms() -> dict:
    filled = {"title": "Cuisiner ensemble au Moulin", "summary": "Chaque mercredi, quinze habitants cuisinent."}
    wrong = ExampleForm({"siret": "7700000000001", "requested": "cent", "title": "Cuisiner ensemble au Moulin"})
    return {
        "form": ExampleForm(initial=filled, prefix="vide"),
        "wrong_form": wrong,
        "filters": ExampleFilters(prefix="f"),
    }


def _thread() -> dict:
    knots = [
        Item(kind="Parole", state="missing", label="Aucune parole reliée", url="", action_label="Relier une parole",
             action_url="#main", lead="Cette action vient de"),
        Item(kind="Besoin n° 4", state="done", label="Bien manger avec peu", url="#main", sub="entendu 31 fois"),
        Item(kind="Objectif", state="done", label="Cuisiner en famille", url="#main", sub="dans 3 quartiers"),
        Item(kind="Action", state="current", label="Bien manger, bien vivre", url="#main", sub="en cours"),
        Item(kind="Séances", state="done", label="14 sur 22", url="#main", sub="177 présences", lead="et mène à"),
        Item(kind="Bilan", state="todo", label="Attendu le 30 juin", url=""),
    ]  # fmt: skip
    names = ["Votre organisation", "Le projet", "Publics et quartiers", "Le budget", "Indicateurs", "Pièces"]
    states = ["done", "done", "current", "todo", "todo", "todo"]
    steps = [Item(label=name, url="#main", state=state, sub="") for name, state in zip(names, states, strict=True)]
    return {"knots": knots, "steps": steps}


def _lists() -> dict:
    def cell(kind: str, text: object, label: str = "", **more: str) -> Item:
        return Item(kind=kind, text=text, label=label, **({"sub": "", "url": "", "tone": ""} | more))

    columns = [
        Item(label="Proposition", numeric=False, sort_url="#main", sorted=""),
        Item(label="Quartiers", numeric=False, sort_url="", sorted=""),
        Item(label="Demandé", numeric=True, sort_url="#main", sorted="descending"),
        Item(label="Déposée le", numeric=False, sort_url="#main", sorted=""),
        Item(label="État", numeric=False, sort_url="", sorted=""),
    ]
    lines = [
        ("Médiation santé au pied des tours", "Ici et là médiation", ["Pont-Yblon", "Abreuvoir"], 38000, "info"),
        ("Permanence d’accès aux droits de santé", "Point d’appui de Dugny", ["Thorez"], 12000, "good"),
        ("Écouter les jeunes là où ils sont", "Écoute jeunes Pasteur", [], None, "warn"),
    ]
    labels = {"info": "En instruction", "good": "Acceptée", "warn": "Incomplète"}
    rows = [
        Item(url="#main", pick_value=number, pick_label=title, cells=[
            cell("title", title, sub=sub, url="#main"), cell("tags", places, "Quartiers"),
            cell("money", amount, "Demandé"), cell("date", dt.date(2026, 2, 12 - number), "Déposée le"),
            cell("state", labels[tone], tone=tone),
        ])
        for number, (title, sub, places, amount, tone) in enumerate(lines)
    ]  # fmt: skip
    totals = [cell("text", "Total des 3 propositions"), cell("text", ""), cell("money", 50000, "Demandé"),
              cell("text", ""), cell("text", "")]  # fmt: skip
    pages = [("1", "#main", True), ("2", "#main", False), ("…", "", False), ("9", "#main", False)]
    pager = Item(items=pages, previous_url="", next_url="#main")
    return {"columns": columns, "rows": rows, "totals": totals, "pager": pager,
            "active": [("État : Incomplète", "#main"), ("Pont-Yblon", "#main")]}  # fmt: skip


def _stories() -> dict:
    return {
        "entries": [
            Item(title="Montant modifié", text="12 000 €, au lieu de 11 500 €", sub="S. Kerrouche, 2 mars, 10 h 47"),
            Item(title="Déposée", text="", sub="F. Diarra, 12 février, 14 h 32"),
        ],
        "talk": [
            Item(author="Fatou Diarra", at="27 février", text="La salle est en travaux du 9 au 27 mars.", mine=False,
                 files=[Item(name="nouveau-calendrier.pdf", url="#main")]),
            Item(author="Vous", at="2 mars", text="Reporter en avril convient.", mine=True, files=[]),
        ],
        "job": Item(state="running", label="page 34 sur 52, encore une minute", percent=65),
        "failed_job": Item(state="failed", label="", percent=12),
        "ledger": [
            Item(tone="bad", icon="triangle-alert", state="En retard", title="2 bilans attendus depuis le 28 février",
                 sub="Relancés le 23 février", action_label="Relancer", url="#main"),
            Item(tone="ink", icon="message-square", state="On vous attend", title="Trois séances à déplacer",
                 sub="Reçu vendredi, de Fatou Diarra", action_label="Répondre", url="#main"),
        ],
        "files": [Item(name="statuts-2024.pdf", url="#main", size="212 ko", sub="", action_url="#main",
                       action_label="Retirer")],
        "figures": [
            Item(value="1 284", label="personnes vues", trend="+8 % en un an", url=""),
            Item(value="76 %", label="de femmes", trend="", url=""),
            Item(value="3,46 €", label="par habitant", trend="−0,12 €", url=""),
        ],
        "tally": [
            Item(label="Charges", value="12 800 €", over=False),
            Item(label="Produits", value="12 450 €", over=False),
            Item(label="Écart", value="350 €", over=True),
        ],
    }  # fmt: skip


def _heat() -> dict:
    rows = [
        Item(label="Pauvreté", url="", sub="", cells=[
            Item(text="43,0 %", tone="worse", icon="arrow-down-right", hint="moins favorable", sub="", url=""),
            Item(text="37,0 %", tone="", icon="", hint="", sub="", url="")]),
        Item(label="Licence sportive", url="", sub="", cells=[
            Item(text="22,6 %", tone="better", icon="arrow-up-right", hint="plus favorable", sub="", url=""),
            Item(text="< 11", tone="hidden-v", icon="lock", hint="masqué", sub="", url="")]),
        Item(label="Actions", url="", sub="", cells=[
            Item(text="3", tone="ok", icon="", hint="", sub="", url=""),
            Item(text="0", tone="none", icon="", hint="aucune action", sub="", url="")]),
    ]  # fmt: skip
    key = [("worse", "moins favorable"), ("better", "plus favorable"), ("ok", "couvert"), ("none", "aucune action")]
    return {"heat_columns": ["Pont-Yblon", "Les Oiseaux"], "heat_rows": rows, "heat_key": key}


def _charts() -> dict:
    day = dt.date
    bars = [charts.Bar("Pont-Yblon", 5.44, "5,44 €"), charts.Bar("Abreuvoir", 1.51, "1,51 €"),
            charts.Bar("Thorez", 8.76, "8,76 €"), charts.Bar("Les Oiseaux", 0, "0 €", "bad")]  # fmt: skip
    years = [charts.Bar(str(2018 + n), value) for n, value in enumerate([31, 34, None, 38, 41, 44, 43, 47])]
    gaps = [charts.Gap("Bénéficiaires C2S", -0.6, "31,2 %", "worse"), charts.Gap("Vaccination ROR", 0.1, "88,1 %"),
            charts.Gap("Licence sportive", 0.5, "22,6 %", "better")]  # fmt: skip
    parts = [charts.Share("État", 6000, "6 000 €"), charts.Share("ARS", 4000, "4 000 €"),
             charts.Share("Ville", 2000, "2 000 €"), charts.Share("Ressources propres", 900, "900 €")]  # fmt: skip
    calendar = [
        charts.GanttRow("Appel 2026", [charts.Span(day(2026, 1, 1), day(2026, 2, 13), "Dépôt", "past")]),
        charts.GanttRow("Instruction", [charts.Span(day(2026, 2, 14), day(2026, 3, 24), "Avis", "current")]),
        charts.GanttRow("Actions 2026", [charts.Span(day(2026, 4, 1), day(2026, 12, 31), "Séances")]),
    ]
    return {
        "bars": charts.horizontal_bars("Euros par habitant", bars, reference=charts.Bar("moyenne", 3.46)),
        "columns_chart": charts.vertical_bars("Participants par séance", [
            charts.Bar(f"{n + 1}", value) for n, value in enumerate([12, 11, 13, 13, 12, 14, 11, 17])]),
        "line": charts.line("Dépistages par an", years, reference=charts.Bar("cible", 40)),
        "spine": charts.spine("Pont-Yblon comparé à la commune", gaps, comparator="Le Blanc-Mesnil"),
        "shares": charts.stacked_share("Produits de l’action", parts),
        "spark": charts.sparkline("Présences", [12, 11, 13, 17, 14]),
        "gantt": charts.gantt("Calendrier du programme 2026", calendar, starts_on=day(2026, 1, 1),
                              ends_on=day(2026, 12, 31), today=day(2026, 3, 2)),
    }  # fmt: skip


def styleguide_context() -> dict:
    """What templates/pages/styleguide.html shows."""
    return {
        "tokens": ["paper", "surface", "sunk", "rule", "edge", "ink", "muted", "thread", "link", "good", "warn",
                   "danger", "worse", "better"],
        "facts": [("Attribué", "213 000 € sur 216 000 €"), ("Actions", "19 retenues"), ("Sans réponse", "")],
        "crumb_items": [("Programmation", "#main"), ("Programme 2026", "#main"), ("Propositions", "")],
        "tab_items": [Item(label="Vue d’ensemble", url="#main", current=True),
                      Item(label="Séances (14)", url="#main", current=False),
                      Item(label="Budget", url="#main", current=False)],
        "exports": [("Tableur XLSX", "#main"), ("Fichier CSV", "#main")],
        "confirm_lines": ["Les scénarios A et C ne seront plus modifiables."],
        "choices": [Item(label="Repartir du diagnostic 2025", url="#main", sub="27 besoins à confirmer un par un")],
    } | _forms() | _thread() | _lists() | _stories() | _heat() | _charts()  # fmt: skip
