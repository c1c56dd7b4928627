from asv_platform.audit.events import register_events

register_events(
    {
        "asv.updated": "a modifié la présentation de",
        "invitation.sent": "a invité",
        "invitation.resent": "a renvoyé l’invitation de",
        "invitation.revoked": "a retiré l’invitation de",
        "invitation.accepted": "a accepté l’invitation",
        "membership.role_changed": "a changé le rôle de",
        "membership.removed": "a retiré de l’équipe",
        "second_factor.removed": "a retiré un second facteur de",
        "user.created": "a ouvert son compte",
        "user.renamed": "a changé son nom",
    }
)
