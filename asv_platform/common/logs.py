"""What the log of the server writes, without what would open a door to its reader."""

import logging
import re

# The addresses that are keys by themselves: invitations, reading links, new passwords, proofs of an address.
_KEYS = re.compile(r"(/(?:invitation|lecture|mot-de-passe/nouveau|compte/adresse/confirmer)/)[^/\s]+")


class WithoutSecrets(logging.Filter):
    """Hide the key of the addresses that are keys; every line is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = _KEYS.sub(r"\1…", record.getMessage()), ()
        return True
