from asv_platform.audit.events import register_events

register_events(
    {
        "edition.requested": "a préparé",
        "edition.revised": "a modifié le brouillon de",
        "edition.refreshed": "a actualisé les données de",
        "edition.issuing": "a demandé l’émission de",
        "edition.issued": "a émis",
        "edition.withdrawn": "a retiré",
        "edition.discarded": "a abandonné le brouillon de",
        "edition.sent": "a envoyé",
        "delivery.renewed": "a renouvelé le lien de lecture de",
        "delivery.revoked": "a désactivé le lien de lecture de",
        "delivery.opened": "a enregistré l’ouverture de",
        "recipient.created": "a ajouté aux destinataires",
        "recipient.updated": "a modifié la fiche de destinataire de",
        "recipient.archived": "a retiré des destinataires",
    }
)
