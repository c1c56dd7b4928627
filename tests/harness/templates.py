"""An undefined variable in one of our templates fails the test; Django's and allauth's own templates may be lax."""

import sys
from pathlib import Path
from types import FrameType

import pytest
from django.template.base import Template

ROOT = Path(__file__).resolve().parent.parent.parent


class FailInOurTemplates:
    """Stands for ``string_if_invalid``: Django formats it with the name of the missing variable."""

    def __init__(self) -> None:
        # Set to False by pytest-django for the tests marked ignore_template_errors.
        self.fail = True

    def __contains__(self, key: str) -> bool:
        return key == "%s"

    def __str__(self) -> str:
        return ""

    def __mod__(self, variable) -> str:
        origin = _rendering_template()
        if self.fail and origin is not None and _is_ours(origin):
            pytest.fail(f"Undefined template variable '{variable}' in '{origin}'")
        return ""


def _rendering_template() -> str | None:
    """The template being rendered: the nearest frame of a node or a template that knows its origin."""
    frame: FrameType | None = sys._getframe(2)  # noqa: SLF001 -- inspect.stack() reads source files and costs milliseconds
    while frame is not None:
        subject = frame.f_locals.get("self")
        if isinstance(subject, Template) or hasattr(subject, "origin"):
            return str(subject.origin)  # type: ignore[union-attr]
        frame = frame.f_back
    return None


def _is_ours(origin: str) -> bool:
    path = Path(origin)
    return path.is_relative_to(ROOT) and "site-packages" not in path.parts
