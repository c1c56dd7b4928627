from asv_platform.audit.events import register_events

register_events(
    {
        "organisation.created": "a ajouté l’organisation",
        "organisation.changed": "a modifié l’organisation",
        "organisation.confirmed": "a confirmé la fiche de",
        "organisation.archived": "a archivé l’organisation",
        "organisation.restored": "a rétabli l’organisation",
        "person.created": "a ajouté",
        "person.changed": "a modifié la fiche de",
        "person.contacted": "a noté un contact avec",
        "person.anonymised": "a rendu anonyme",
        "person.archived": "a archivé la fiche de",
        "person.restored": "a rétabli la fiche de",
        "affiliation.created": "a ajouté la fonction",
        "affiliation.changed": "a modifié la fonction",
        "affiliation.ended": "a mis fin à la fonction",
        "partner_access.granted": "a ouvert un accès partenaire à",
        "partner_access.revoked": "a retiré l’accès partenaire de",
    }
)
