"""What is kept about people, for the page on personal data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KeptData:
    """One line of the register, in plain words."""

    who: str
    what: str
    why: str
    basis: str
    how_long: str


KEPT_DATA = (
    KeptData(
        "Personnes qui ont un compte",
        "Nom, adresse électronique, rôle, dates de connexion",
        "Ouvrir l’espace de travail et savoir qui a fait quoi",
        "Mission d’intérêt public",
        "Jusqu’à la fermeture du compte",
    ),
    KeptData(
        "Contacts du réseau",
        "Nom, fonction, organisation, coordonnées professionnelles",
        "Inviter, informer, monter des actions",
        "Mission d’intérêt public",
        "Trois ans après le dernier contact",
    ),
    KeptData(
        "Représentants des organisations qui demandent une subvention",
        "Nom, qualité, coordonnées, signature des conventions",
        "Instruire la demande et rendre compte de l’argent public",
        "Obligation légale",
        "Dix ans, durée des pièces comptables",
    ),
    KeptData(
        "Habitants consultés",
        "Réponses et paroles sans nom ; tranche d’âge et quartier s’ils les donnent",
        "Connaître les besoins",
        "Mission d’intérêt public",
        "Sans limite : elles ne permettent pas de reconnaître une personne",
    ),
)
