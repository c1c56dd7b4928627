"""The messages that left, as their reader would receive them: read from the development mailbox."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


class Mailbox:
    """What both this process and the Celery worker have sent since the test began."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("*.eml"):
            path.unlink()

    def messages(self) -> list[EmailMessage]:
        """Every message, oldest first."""
        paths = sorted(self.folder.glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]  # type: ignore[arg-type]

    def to(self, address: str) -> list[EmailMessage]:
        """The messages sent to ``address``."""
        return [message for message in self.messages() if address in str(message["to"])]

    def text(self, message: EmailMessage) -> str:
        """The plain text of a message."""
        body = message.get_body(("plain",))
        return body.get_content() if body is not None else ""
