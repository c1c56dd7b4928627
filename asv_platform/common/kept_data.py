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
        "Trois ans après le dernier contact\u00a0; un mois plus tard, la fiche est rendue anonyme",
    ),
    KeptData(
        "Élus et partenaires à qui un rapport est envoyé",
        "Nom, fonction, adresse électronique\u00a0; date et nombre de lectures d’un lien",
        "Envoyer les rapports et savoir s’ils sont lus",
        "Mission d’intérêt public",
        "Aussi longtemps que l’édition envoyée, dont l’envoi fait partie",
    ),
    KeptData(
        "Personnes qui se connectent",
        "Adresse IP et navigateur de chaque connexion ouverte\u00a0; adresse électronique qui demande un code",
        "Montrer à chacun ses connexions, lui permettre de les fermer, arrêter les abus",
        "Mission d’intérêt public (sécurité)",
        "Jusqu’à la fin de la connexion, quatorze jours après la dernière activité\u00a0; un jour pour un code",
    ),
    KeptData(
        "Personnes à qui la plateforme écrit",
        "Adresse, objet, texte et date des courriels",
        "Reprendre un envoi qui échoue, répondre à qui dit n’avoir rien reçu",
        "Mission d’intérêt public",
        "Le texte, trois mois (codes et liens\u00a0: effacés dès l’envoi)\u00a0; l’adresse et l’objet, un an",
    ),
    KeptData(
        "Personnes qui agissent dans la plateforme",
        "Journal d’activité et historique des fiches\u00a0: qui a fait quoi, quand",
        "Transmettre à qui succède, rendre compte, comprendre une erreur",
        "Mission d’intérêt public",
        "Aussi longtemps que ce qu’ils expliquent\u00a0; le nom d’une personne rendue anonyme en est retiré",
    ),
    KeptData(
        "Représentants des organisations qui demandent une subvention",
        "Nom, qualité, coordonnées, signature des conventions",
        "Instruire la demande et rendre compte de l’argent public",
        "Obligation légale",
        "Dix ans, durée des pièces comptables\u00a0; l’élimination se décide ensuite avec les archives, jamais seule",
    ),
    KeptData(
        "Habitants consultés",
        "Réponses et paroles sans nom\u00a0; tranche d’âge et quartier s’ils les donnent",
        "Connaître les besoins",
        "Mission d’intérêt public",
        "Sans limite : elles ne permettent pas de reconnaître une personne",
    ),
)
