"""Fill the closed lists with the words of the founding texts and of the Ottawa charter."""

from django.db import migrations

TERMS = {
    "theme": [
        ("acces-aux-soins", "Accès aux soins", ""),
        ("nutrition-alimentation", "Nutrition et alimentation", "Nutrition (alimentation et activité physique)"),
        ("acces-aux-droits", "Accès aux droits", "Précarité"),
        ("addictions", "Addictions", "Conduites addictives"),
        ("sante-mentale", "Santé mentale", ""),
        ("violences", "Problématiques autour de la violence", ""),
    ],
    "public": [
        ("enfants-jeunes", "Enfants et jeunes", ""),
        ("femmes", "Femmes", ""),
        ("personnes-migrantes", "Personnes migrantes", ""),
        ("personnes-handicapees", "Personnes handicapées", ""),
        ("personnes-agees", "Personnes âgées", ""),
    ],
    "sector": [
        ("sanitaire", "Sanitaire", ""),
        ("social", "Social", ""),
        ("medico-social", "Médico-social", ""),
        ("educatif", "Éducatif", ""),
        ("insertion", "Insertion", ""),
        ("logement", "Logement", ""),
        ("sport-culture", "Sport et culture", ""),
    ],
    "determinant": [
        ("revenu-statut-social", "Niveau de revenu et statut social", ""),
        ("reseaux-soutien-social", "Réseaux de soutien social", ""),
        ("education-alphabetisme", "Éducation et alphabétisme", ""),
        ("emploi-conditions-travail", "Emploi et conditions de travail", ""),
        ("environnements-sociaux", "Environnements sociaux", ""),
        ("environnements-physiques", "Environnements physiques", ""),
        ("habitudes-adaptation", "Habitudes de santé et capacité d’adaptation personnelles", ""),
        ("petite-enfance", "Développement de la petite enfance", ""),
        ("patrimoine-biologique", "Patrimoine biologique et génétique", ""),
        ("services-de-sante", "Services de santé", ""),
        ("sexe", "Sexe", ""),
        ("culture", "Culture", ""),
    ],
    "ottawa": [
        ("politiques-publiques", "Développer des politiques publiques favorables à la santé", ""),
        ("environnements-favorables", "Créer des environnements favorables à la santé", ""),
        ("action-communautaire", "Renforcer l’action communautaire", ""),
        ("aptitudes-individuelles", "Développer les aptitudes individuelles", ""),
        ("services-sante", "Réorienter les services de santé", ""),
    ],
}


def load(apps, schema_editor):
    Term = apps.get_model("actors", "Term")
    for kind, terms in TERMS.items():
        for position, (code, label, national_code) in enumerate(terms, start=1):
            Term.objects.update_or_create(
                kind=kind,
                code=code,
                defaults={"label": label, "national_code": national_code, "position": position},
            )


class Migration(migrations.Migration):
    dependencies = [("actors", "0001_initial")]

    # Going back keeps the words: rows of every ASV may point to them, and dropping the table takes them away.
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
