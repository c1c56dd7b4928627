from django.db import models


class TermKind(models.TextChoices):
    """Closed lists shared by every ASV; their words come from the founding texts."""

    THEME = "theme", "Thème"
    PUBLIC = "public", "Public"
    SECTOR = "sector", "Secteur"
    DETERMINANT = "determinant", "Déterminant de santé"
    OTTAWA = "ottawa", "Axe de la charte d’Ottawa"


class OrganisationKind(models.TextChoices):
    ASSOCIATION = "association", "Association"
    COMMUNE_SERVICE = "commune_service", "Service municipal"
    CCAS = "ccas", "Centre communal d’action sociale (CCAS)"
    EPCI = "epci", "Intercommunalité"
    DEPARTMENT = "department", "Service départemental"
    HEALTH_CENTRE = "health_centre", "Centre ou maison de santé"
    PRACTICE = "practice", "Cabinet libéral"
    PHARMACY = "pharmacy", "Pharmacie"
    HOSPITAL = "hospital", "Établissement de santé"
    MENTAL_HEALTH = "mental_health", "Structure de santé mentale"
    MEDICO_SOCIAL = "medico_social", "Établissement ou service médico-social"
    PMI = "pmi", "Protection maternelle et infantile (PMI)"
    CPTS = "cpts", "Communauté professionnelle territoriale de santé (CPTS)"
    SOCIAL_CENTRE = "social_centre", "Centre social"
    SCHOOL = "school", "Établissement scolaire ou universitaire"
    EARLY_CHILDHOOD = "early_childhood", "Accueil de la petite enfance"
    EMPLOYMENT = "employment", "Insertion et emploi"
    CPAM = "cpam", "Assurance maladie (CPAM)"
    CAF = "caf", "Caisse d’allocations familiales (CAF)"
    ARS = "ars", "Agence régionale de santé (ARS)"
    PREFECTURE = "prefecture", "Préfecture ou service de l’État"
    REGION = "region", "Conseil régional"
    LANDLORD = "landlord", "Bailleur social"
    RESIDENTS = "residents", "Conseil citoyen ou collectif d’habitants"
    SPORT_CULTURE = "sport_culture", "Équipement sportif ou culturel"
    COMPANY = "company", "Entreprise"
    FOUNDATION = "foundation", "Fondation"
    OTHER = "other", "Autre"


class PersonRole(models.TextChoices):
    """What a person is for the ASV, whatever their function in an organisation."""

    ELECTED = "elected", "Élu référent"
    CORRESPONDENT = "correspondent", "Correspondant de l’ASV"
    MEDIATOR = "mediator", "Médiateur en santé"
    RELAY_RESIDENT = "relay_resident", "Habitant relais"
    PROFESSIONAL = "professional", "Professionnel"
    OTHER = "other", "Autre"


class PartnerRole(models.TextChoices):
    """What a partner may do for an organisation."""

    OWNER = "owner", "Responsable : prépare et dépose les dossiers"
    EDITOR = "editor", "Rédaction : prépare les dossiers, sans les déposer"


class Freshness(models.TextChoices):
    """How far one can trust a directory record, from the day it was last confirmed."""

    FRESH = "fresh", "À jour"
    TO_CONFIRM = "to_confirm", "À confirmer"
    OVERDUE = "overdue", "En retard"
    NEVER = "never", "Jamais confirmée"
