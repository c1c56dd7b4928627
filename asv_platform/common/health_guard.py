"""Keep what must not be stored out of the free texts: numbers of social security, health data about a person."""

import re

from stdnum.fr import nir

# 15 characters with their key; Corsica writes 2A or 2B. Spaces, dots and dashes are what people type in between.
_NIR = re.compile(r"(?<![\dA-Z])[1-8](?:[\s.\-\u00a0\u202f]?\d){4}(?:[\s.\-\u00a0\u202f]?[\dAB]){2}"
                  r"(?:[\s.\-\u00a0\u202f]?\d){8}(?![\d])", re.I)  # fmt: skip
_WORDS = [
    r"alcooli(?:que|sme)s?",
    r"alzheimer",
    r"asthm(?:e|atique)s?",
    r"autis(?:te|me)s?",
    r"bipolaires?",
    r"cancers?",
    r"chimio(?:thérapie)?s?",
    r"cirrhoses?",
    r"dépressi(?:f|ve|on)s?",
    r"diabète",
    r"diabétiques?",
    r"enceintes?",
    r"épilep(?:sie|tique)s?",
    r"handicapée?s?",
    r"hépatites?",
    r"hospitalisée?s?",
    r"ivg",
    r"malades?",
    r"obèses?",
    r"obésité",
    r"parkinson",
    r"psychotiques?",
    r"schizophr(?:ène|énie)s?",
    r"sclérose",
    r"séropositi(?:f|ve)s?",
    r"sida",
    r"suicidaires?",
    r"toxicomanes?",
    r"tuberculose",
    r"tumeurs?",
    r"vih",
]
_HEALTH = re.compile(rf"(?<!\w)(?:{'|'.join(_WORDS)})(?!\w)", re.I)

NIR_REFUSED = "Retirez le numéro de sécurité sociale : il ne doit jamais être enregistré ici."
HEALTH_HELP = "N’écrivez rien sur la santé de la personne : c’est interdit ici."


def holds_nir(text: str) -> bool:
    """Whether ``text`` holds a social security number of 15 characters whose key is right."""
    return any(nir.is_valid(re.sub(r"[\s.\-]", "", found.group())) for found in _NIR.finditer(text))


def health_words(text: str) -> list[str]:
    """The words of a note about somebody that look like a datum on their health, in the order met, once each."""
    return list(dict.fromkeys(found.group().lower() for found in _HEALTH.finditer(text)))


class NoNirMixin:
    """A form that refuses a social security number in any of its texts."""

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, value in list(self.cleaned_data.items()):  # type: ignore[attr-defined]
            if isinstance(value, str) and holds_nir(value):
                self.add_error(name, NIR_REFUSED)  # type: ignore[attr-defined]
