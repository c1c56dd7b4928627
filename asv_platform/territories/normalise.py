"""One spelling for a name, whatever the accents, hyphens, apostrophes and abbreviations."""

import re
import unicodedata

_ABBREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"})


def normalise(text: str) -> str:
    """Lower case, without accents, words separated by one space, « St » written « saint »."""
    plain = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return " ".join(_ABBREVIATIONS.get(word, word) for word in re.findall(r"[a-z0-9]+", plain))
