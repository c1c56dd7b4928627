"""Invented content for the style guide: every component, in every state it can take."""


def styleguide_context() -> dict:
    """What templates/pages/styleguide.html shows."""
    return {}
