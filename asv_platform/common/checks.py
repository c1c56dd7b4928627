"""What `manage.py check --deploy` asks of an operator beyond Django's own questions."""

from django.conf import settings
from django.core.checks import Tags, Warning, register

# Shown on the legal pages: law of 21 June 2004 (LCEN, art. 1-1), GDPR art. 13, decree of 24 July 2019 (RGAA).
ASKED_BY_LAW = ["PUBLISHER", "PUBLICATION_DIRECTOR", "HOSTING_PROVIDER", "DPO_CONTACT", "ACCESSIBILITY_CONTACT"]


@register(Tags.security, deploy=True)
def legal_settings(app_configs, **kwargs) -> list[Warning]:
    """A warning for each setting that a public site owes its visitors and that is empty."""
    empty = [name for name in ASKED_BY_LAW if not getattr(settings, name)]
    return [
        Warning(f"{name} est vide : la loi demande de l’afficher (voir .env.example).", id=f"asv.{name}")
        for name in empty
    ]
