"""What each event of the programme reads like in the activity log."""

from asv_platform.audit.events import register_events

register_events(
    {
        "programme.preparation": "a remis en préparation le programme",
        "programme.open": "a ouvert aux propositions le programme",
        "programme.arbitration": "a passé à l’arbitrage le programme",
        "programme.voted": "a enregistré le vote du programme",
        "programme.running": "a démarré le programme",
        "programme.closed": "a clos le programme",
        "call.published": "a publié l’appel",
        "call.unpublished": "a retiré de la page publique l’appel",
        "proposal.started": "a commencé la proposition",
        "proposal.filed": "a déposé la proposition",
        "proposal.completed": "a complété la proposition",
        "proposal.withdrawn": "a retiré la proposition",
        "proposal.checked": "a vérifié la recevabilité de",
        "proposal.admissibility": "a commencé la recevabilité de la proposition",
        "proposal.incomplete": "a demandé un complément à la proposition",
        "proposal.under_review": "a mis en instruction la proposition",
        "proposal.deliberation": "a passé en délibération la proposition",
        "proposal.accepted": "a accepté la proposition",
        "proposal.refused": "a refusé la proposition",
        "proposal.adjourned": "a ajourné la proposition",
        "proposal.decisions_corrected": "a corrigé les décisions de la proposition",
        "proposal.piece_added": "a joint une pièce à la proposition",
        "proposal.piece_removed": "a retiré une pièce de la proposition",
        "proposal.pieces_reused": "a repris des pièces dans la proposition",
        "decision.recorded": "a enregistré la décision",
        "decision.changed": "a corrigé la décision",
        "action.running": "a démarré l’action",
        "action.blocked": "a signalé un blocage de l’action",
        "action.done": "a terminé l’action",
        "action.cancelled": "a annulé l’action",
        "access_request.made": "a demandé à rejoindre",
        "access_request.granted": "a ouvert l’accès demandé",
        "access_request.refused": "a refusé l’accès demandé",
    }
)
