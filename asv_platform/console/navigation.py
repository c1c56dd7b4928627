"""The entries of the member space, in the order of the thread."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One entry: its label, the name of its page, and the URL names whose pages stand under it."""

    label: str
    url_name: str
    icon: str = ""
    prefixes: tuple[str, ...] = ()
    children: tuple["Entry", ...] = ()

    def holds(self, view_name: str) -> bool:
        """Whether the page called ``view_name`` stands under this entry."""
        return view_name == self.url_name or view_name.startswith(self.prefixes)


NETWORK = Entry(
    "Réseau",
    "actors:organisation_list",
    "users",
    ("actors:",),
    (
        Entry("Organisations", "actors:organisation_list", prefixes=("actors:organisation", "actors:partner")),
        Entry("Personnes", "actors:person_list", prefixes=("actors:person", "actors:affiliation")),
        Entry("Couverture", "actors:coverage"),
    ),
)
DIAGNOSTIC = Entry(
    "Diagnostic",
    "diagnostics:diagnostic_list",
    "stethoscope",
    ("diagnostics:",),
    (
        Entry(
            "Diagnostics",
            "diagnostics:diagnostic_list",
            prefixes=("diagnostics:diagnostic", "diagnostics:chapter"),
        ),
        Entry("Indicateurs", "diagnostics:indicator_list", prefixes=("diagnostics:indicator",)),
        Entry("Paroles", "diagnostics:voice_list", prefixes=("diagnostics:voice",)),
        Entry("Besoins", "diagnostics:need_list", prefixes=("diagnostics:need", "diagnostics:evidence")),
        Entry("Priorités", "diagnostics:priority_list", prefixes=("diagnostics:priority",)),
    ),
)
PROGRAMMATION = Entry(
    "Programmation",
    "programmation:programme_list",
    "hand-coins",
    ("programmation:",),
    (
        Entry("Programmes", "programmation:programme_list", prefixes=("programmation:programme",)),
        Entry("Objectifs", "programmation:objective_list", prefixes=("programmation:objective",)),
        Entry("Appels", "programmation:call_list", prefixes=("programmation:call",)),
        Entry(
            "Propositions", "programmation:proposal_list", prefixes=("programmation:proposal", "programmation:piece")
        ),
        Entry("Enveloppes", "programmation:envelope_list", prefixes=("programmation:envelope",)),
        Entry("Actions", "programmation:action_list", prefixes=("programmation:action",)),
        Entry("Demandes d’accès", "programmation:access_list", prefixes=("programmation:access",)),
    ),
)
EVALUATION = Entry(
    "Évaluation",
    "evaluation:overview",
    "clipboard-check",
    ("evaluation:",),
    (
        Entry("Vue d’ensemble", "evaluation:overview"),
        Entry("Séances", "evaluation:session_list", prefixes=("evaluation:session",)),
        Entry("Résultats", "evaluation:indicator_list", prefixes=("evaluation:indicator", "evaluation:measure")),
        Entry("Bilans", "evaluation:report_list", prefixes=("evaluation:report",)),
    ),
)
REPORTS = Entry(
    "Rapports",
    "reporting:edition_list",
    "book-open",
    ("reporting:",),
    (
        Entry("Éditions", "reporting:edition_list", prefixes=("reporting:edition", "reporting:delivery")),
        Entry("Destinataires", "reporting:recipient_list", prefixes=("reporting:recipient",)),
    ),
)
STAGES = (NETWORK, DIAGNOSTIC, PROGRAMMATION, EVALUATION, REPORTS)
MAIN = (Entry("Tableau de bord", "console:dashboard", "layout-dashboard"), *STAGES)
SECONDARY = (
    Entry("Fil rouge", "console:thread", "spline"),
    Entry("Paramètres", "accounts:settings", "settings", ("accounts:",)),
    Entry("Journal d’activité", "console:journal", "history"),
    Entry("Aide", "console:help", "circle-help"),
)
