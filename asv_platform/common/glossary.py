"""The words of the trade, for the glossary page and for the abbreviations of the others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A term: its long form when it is an acronym, and what it means here."""

    term: str
    long: str
    text: str


ENTRIES = (
    Entry("Action", "", "Un projet retenu par le comité et qui se déroule : des séances, des participants, un budget."),
    Entry(
        "Appel à projets",
        "",
        "La période et les règles pendant lesquelles les partenaires déposent leurs propositions.",
    ),
    Entry(
        "ARS",
        "Agence régionale de santé",
        "Pilote la politique de santé dans la région ; elle cofinance et instruit.",
    ),
    Entry(
        "ASV",
        "Atelier santé ville",
        "Démarche qui réunit habitants, professionnels et institutions d’une ville pour réduire les "
        "inégalités de santé dans les quartiers prioritaires : connaître, décider ensemble, agir, rendre "
        "compte.",
    ),
    Entry("Besoin", "", "Ce qui manque aux habitants, écrit avec les paroles et les chiffres qui le montrent."),
    Entry(
        "Bilan",
        "",
        "Le compte rendu d’une action : ce qui a été fait, pour qui, avec quel argent et quels résultats.",
    ),
    Entry("C2S", "Complémentaire santé solidaire", "Complémentaire gratuite ou à petit prix, selon les ressources."),
    Entry(
        "CAF",
        "Caisse d’allocations familiales",
        "Verse les prestations familiales et soutient des actions locales.",
    ),
    Entry("CCAS", "Centre communal d’action sociale", "Établissement de la commune qui porte l’aide sociale locale."),
    Entry("Cerfa 12156", "", "Le formulaire national de demande de subvention des associations."),
    Entry(
        "CLS",
        "Contrat local de santé",
        "Accord signé par la collectivité et l’ARS sur des priorités de santé communes.",
    ),
    Entry("CLSM", "Conseil local de santé mentale", "Réunit élus, psychiatrie, usagers et aidants d’un territoire."),
    Entry(
        "Contrat de ville",
        "",
        "Contrat « Engagements quartiers 2030 » entre l’État et les collectivités, pour les QPV.",
    ),
    Entry(
        "Contrat d’engagement républicain",
        "",
        "Sept engagements que toute association souscrit pour recevoir une subvention publique.",
    ),
    Entry("Convention", "", "L’accord signé avec un porteur ; obligatoire au-delà de 23 000 € de subventions par an."),
    Entry(
        "COPIL",
        "Comité de pilotage",
        "Réunit les élus et les financeurs ; il valide le diagnostic et le programme.",
    ),
    Entry("COTECH", "Comité technique", "Réunit les professionnels qui préparent les décisions du comité de pilotage."),
    Entry("CPAM", "Caisse primaire d’assurance maladie", "L’assurance maladie dans le département."),
    Entry("DDETS", "Direction départementale de l’emploi, du travail et des solidarités", "Service de l’État."),
    Entry(
        "Diagnostic",
        "",
        "Le portrait de santé du territoire, à cinq voix : habitants, professionnels, chiffres, ressources, "
        "propositions.",
    ),
    Entry("Enveloppe", "", "La somme qu’un financeur réserve à un programme, et qu’on ne peut dépasser."),
    Entry(
        "EPCI",
        "Établissement public de coopération intercommunale",
        "Groupement de communes : communauté de communes, d’agglomération, urbaine, métropole ou "
        "établissement territorial.",
    ),
    Entry("Fil rouge", "", "Ce qui relie une parole d’habitant à un besoin, une priorité, une action, puis un bilan."),
    Entry("FINESS", "", "Le numéro national des établissements sanitaires et sociaux."),
    Entry("Frein", "", "Ce qui empêche d’accéder aux droits, à la prévention ou aux soins."),
    Entry("Masquage", "", "Un effectif de moins de 11 personnes n’est pas montré, pour que personne ne soit reconnu."),
    Entry("Objectif", "", "Ce qu’un programme veut changer, pour qui et avant quand, mesuré par un indicateur."),
    Entry("Parole", "", "Une phrase entendue ou écrite par un habitant, sans nom, avec le lieu et la date."),
    Entry("Priorité", "", "Un besoin choisi par le comité pour les années qui viennent."),
    Entry("Proposition", "", "Le projet qu’un partenaire dépose en réponse à un appel."),
    Entry(
        "QPV",
        "Quartier prioritaire de la politique de la ville",
        "Quartier dont le contour est fixé par décret, où se concentrent les ménages à bas revenus.",
    ),
    Entry("Référent", "", "La personne qui suit une action ou un dossier et à qui s’adresser."),
    Entry("RNA", "Répertoire national des associations", "Le numéro d’une association : W suivi de neuf chiffres."),
    Entry("SIRET", "", "Le numéro à quatorze chiffres d’un établissement."),
)
