"""What each event of the evaluation reads like in the activity log."""

from asv_platform.audit.events import register_events

register_events(
    {
        "session.logged": "a noté la séance",
        "session.planned": "a prévu la séance",
        "session.changed": "a corrigé la séance",
        "session.cancelled": "a annulé la séance",
        "actionindicator.adopted": "a repris du dossier l’indicateur",
        "measure.taken": "a noté la mesure",
        "measure.changed": "a corrigé la mesure",
        "measure.approved": "a validé la mesure",
        "report.asked": "a demandé le bilan",
        "report.saved": "a enregistré le bilan",
        "report.filed": "a déposé le bilan",
        "report.filed_for": "a déposé pour la structure le bilan",
        "report.reminded": "a relancé la structure pour le bilan",
        "report.to_correct": "a demandé une correction du bilan",
        "report.approved": "a approuvé le bilan",
        "programme.reports_asked": "a demandé les bilans du programme",
    }
)
