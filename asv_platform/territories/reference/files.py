"""The shipped files, read as they are. Origin and licence: data/README.md."""

import csv
import hashlib
import json
import lzma
from functools import cache
from pathlib import Path

DATA_DIR = Path(__file__).resolve().parent.parent / "data"
# Raised when the same files must give other rows: the fingerprint changes, so the next run loads again.
LOADER_VERSION = 1


@cache
def fingerprint() -> str:
    """Identity of the shipped files and of the rules that load them."""
    digest = hashlib.sha256(f"loader {LOADER_VERSION}".encode())
    for path in sorted(DATA_DIR.glob("*.xz")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_json(name: str):
    """The content of ``<name>.xz``."""
    return json.loads(lzma.decompress((DATA_DIR / f"{name}.xz").read_bytes()))


def read_features(name: str) -> list[dict]:
    """The features of the GeoJSON ``<name>.geojson.xz``."""
    return read_json(f"{name}.geojson")["features"]


def read_csv(name: str) -> list[dict[str, str]]:
    """The rows of ``<name>.csv.xz``, by header."""
    text = lzma.decompress((DATA_DIR / f"{name}.csv.xz").read_bytes()).decode()
    return list(csv.DictReader(text.splitlines()))
