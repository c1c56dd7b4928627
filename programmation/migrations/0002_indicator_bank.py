"""Fill the bank of indicators: a starter set for each theme, each countable by a small organisation."""

from django.db import migrations

# theme: [(code, name, kind, unit, is ratio, how to count)]
BANK = {
    "": [
        ("personnes-differentes", "Personnes différentes accueillies", "process", "personnes", False,
         "Compter chaque personne une seule fois sur toute la durée de l’action."),
        ("participations", "Participations aux séances", "process", "participations", False,
         "Additionner les présences de toutes les séances."),
        ("seances-realisees", "Séances réalisées", "process", "séances", False,
         "Compter les séances tenues, sans les séances annulées."),
        ("part-habitants-qpv", "Participants habitant un quartier prioritaire", "process", "%", True,
         "Participants qui habitent un QPV, rapportés aux participants dont l’adresse est connue."),
        ("part-satisfaits", "Participants satisfaits ou très satisfaits", "result", "%", True,
         "Réponses 3 ou 4 sur 4, rapportées aux personnes qui ont répondu."),
        ("habitants-relais", "Habitants devenus relais de l’action", "impact", "personnes", False,
         "Habitants qui co-animent ou font connaître l’action après y avoir participé."),
        ("professionnels-formes", "Professionnels formés ou sensibilisés", "process", "personnes", False,
         "Compter chaque professionnel une seule fois."),
        ("partenaires-mobilises", "Structures partenaires mobilisées", "process", "structures", False,
         "Structures qui ont orienté du public, co-animé ou prêté des moyens."),
    ],
    "acces-aux-soins": [
        ("orientations-soins", "Orientations vers un professionnel de santé", "result", "orientations", False,
         "Orientations proposées et acceptées par la personne."),
        ("rendez-vous-honores", "Premiers rendez-vous honorés après orientation", "result", "%", True,
         "Rendez-vous honorés, rapportés aux rendez-vous pris avec l’aide de l’action."),
        ("medecin-traitant", "Personnes ayant déclaré un médecin traitant", "impact", "personnes", False,
         "Personnes sans médecin traitant au départ, qui en ont un à la fin de l’action."),
        ("bilans-de-sante", "Bilans de santé réalisés", "result", "bilans", False,
         "Bilans effectivement passés à la suite de l’action."),
        ("depistages", "Dépistages réalisés", "result", "dépistages", False,
         "Nombre de dépistages, sans aucun résultat individuel."),
    ],
    "nutrition-alimentation": [
        ("ateliers-cuisine", "Ateliers de cuisine ou d’activité physique", "process", "ateliers", False,
         "Compter les ateliers tenus."),
        ("repas-cuisines", "Participants cuisinant trois repas par semaine ou plus", "result", "%", True,
         "Réponses au questionnaire de fin, rapportées aux personnes qui ont répondu."),
        ("activite-physique", "Participants pratiquant une activité physique chaque semaine", "result", "%", True,
         "Réponses au questionnaire de fin, rapportées aux personnes qui ont répondu."),
        ("fruits-legumes", "Participants déclarant manger plus de fruits et légumes", "impact", "%", True,
         "Réponses trois mois après, rapportées aux personnes qui ont répondu."),
    ],
    "acces-aux-droits": [
        ("dossiers-droits", "Dossiers d’accès aux droits constitués", "process", "dossiers", False,
         "Complémentaire santé solidaire, aide médicale de l’État, droits liés au handicap."),
        ("droits-ouverts", "Droits ouverts ou renouvelés", "result", "droits", False,
         "Notifications favorables reçues pendant l’action."),
        ("part-droits-ouverts", "Dossiers ayant abouti", "result", "%", True,
         "Droits ouverts, rapportés aux dossiers déposés."),
        ("interpretariat", "Entretiens menés avec un interprète", "process", "entretiens", False,
         "Entretiens avec interprète professionnel, sur place ou par téléphone."),
    ],
    "addictions": [
        ("jeunes-sensibilises", "Jeunes sensibilisés aux conduites addictives", "process", "jeunes", False,
         "Compter chaque jeune une seule fois."),
        ("orientations-addictologie", "Orientations vers une consultation spécialisée", "result", "orientations", False,
         "Orientations proposées et acceptées, sans donnée nominative."),
        ("reperage-precoce", "Professionnels pratiquant le repérage précoce", "impact", "%", True,
         "Professionnels formés qui déclarent le pratiquer six mois après, rapportés aux répondants."),
    ],
    "sante-mentale": [
        ("entretiens-ecoute", "Entretiens d’écoute réalisés", "process", "entretiens", False,
         "Compter les entretiens individuels, sans donnée nominative."),
        ("secouristes-sante-mentale", "Personnes formées aux premiers secours en santé mentale", "result", "personnes",
         False, "Attestations délivrées."),
        ("orientations-psy", "Orientations vers un soutien psychologique", "result", "orientations", False,
         "Orientations proposées et acceptées par la personne."),
        ("rupture-isolement", "Participants se sentant moins isolés", "impact", "%", True,
         "Réponses au questionnaire de fin, rapportées aux personnes qui ont répondu."),
    ],
    "violences": [
        ("personnes-accompagnees", "Personnes accompagnées après des violences", "process", "personnes", False,
         "Compter chaque personne une seule fois, sans donnée nominative."),
        ("mises-en-securite", "Orientations vers une aide spécialisée ou une mise en sécurité", "result",
         "orientations", False, "Orientations proposées et acceptées par la personne."),
        ("jeunes-egalite", "Jeunes sensibilisés à l’égalité et au respect", "process", "jeunes", False,
         "Compter chaque jeune une seule fois."),
        ("reperage-violences", "Professionnels se sentant capables de repérer et d’orienter", "impact", "%", True,
         "Réponses au questionnaire après formation, rapportées aux répondants."),
    ],
}  # fmt: skip


def load(apps, schema_editor):
    IndicatorModel = apps.get_model("programmation", "IndicatorModel")
    for theme, indicators in BANK.items():
        for position, (code, name, kind, unit, is_ratio, definition) in enumerate(indicators, start=1):
            IndicatorModel.objects.update_or_create(
                code=code,
                defaults={
                    "theme": theme,
                    "name": name,
                    "kind": kind,
                    "unit": unit,
                    "is_ratio": is_ratio,
                    "definition": definition,
                    "position": position,
                },
            )


class Migration(migrations.Migration):
    dependencies = [("programmation", "0001_initial")]

    # Going back keeps the words; dropping the table takes them away.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
