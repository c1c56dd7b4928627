"""Reading the development mailbox: the .eml files that MailboxBackend wrote."""

import datetime as dt
import email
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default as policy
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"^\d+-\d+$")


@dataclass(frozen=True)
class Mail:
    """One e-mail that would have left."""

    name: str
    at: dt.datetime
    to: str
    subject: str
    text: str
    attachments: tuple[str, ...]


def mails(limit: int = 200) -> list[Mail]:
    """The e-mails of the mailbox, newest first."""
    folder = Path(settings.MAILBOX_DIR)
    paths = sorted(folder.glob("*.eml"), reverse=True)[:limit] if folder.is_dir() else []
    return [_mail(path.stem, _parse(path)) for path in paths]


def mail(name: str) -> Mail | None:
    """One e-mail, or None when there is none of that name."""
    message = _message(name)
    return _mail(name, message) if message else None


def attachment(name: str, index: int) -> tuple[str, str, bytes] | None:
    """(file name, content type, content) of an attachment; None when there is none."""
    message = _message(name)
    parts = list(message.iter_attachments()) if message else []
    if index >= len(parts):
        return None
    part = parts[index]
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)  # noqa: S101 -- decode=True gives bytes for an attachment
    return part.get_filename() or "piece", part.get_content_type(), content


def _message(name: str) -> EmailMessage | None:
    path = Path(settings.MAILBOX_DIR) / f"{name}.eml"
    return _parse(path) if NAME.match(name) and path.is_file() else None


def _parse(path: Path) -> EmailMessage:
    return email.message_from_bytes(path.read_bytes(), policy=policy)


def _mail(name: str, message: EmailMessage) -> Mail:
    body = message.get_body(preferencelist=("plain",))
    nanoseconds = int(name.partition("-")[0])
    return Mail(
        name=name,
        at=dt.datetime.fromtimestamp(nanoseconds / 1e9, tz=dt.UTC),
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        text=body.get_content() if body else "",
        attachments=tuple(part.get_filename() or "piece" for part in message.iter_attachments()),
    )
