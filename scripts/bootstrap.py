#!/usr/bin/env python3
"""Everything `make` needs before Django can start: virtual environment, locked packages, system libraries.

Runs with the system's Python and the standard library only. Idempotent: each step leaves a stamp and is skipped
while what it depends on has not changed.
"""

import argparse
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST_PYTHON = (3, 11)

# WeasyPrint loads these at run time; they bring fontconfig and the DejaVu fonts on Debian and Ubuntu.
PDF_LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}


def say(message):
    """Tell the person in front of the terminal what is going on."""
    print(f"\n▸ {message}", flush=True)


def stop(message):
    """End with one clear sentence and no stack trace."""
    raise SystemExit(f"\n✗ {message}")


def run(*command, **options):
    """Run a command of the set-up and say whether it succeeded; one that is not installed did not."""
    try:
        return subprocess.run(command, cwd=ROOT, check=False, **options).returncode == 0
    except FileNotFoundError:
        return False


def apt_install(packages):
    """Install Debian packages as root or through a passwordless sudo; say whether it could be done."""
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or (prefix and not _sudo_without_password()):
        return False
    say(f"Installation de {', '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = [*prefix, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    # The index of a fresh system is empty, and an old one names versions that are gone.
    run(*prefix, "apt-get", "update", "-qq", env=environment)
    return run(*install, env=environment, stdout=subprocess.DEVNULL)


def install_system_packages(packages, *, why):
    """Install Debian packages, or stop with the command to type."""
    if not apt_install(packages):
        stop(f"{why} Installez d’abord : sudo apt-get install {' '.join(packages)}")


def _sudo_without_password():
    return bool(shutil.which("sudo")) and run(
        "sudo", "-n", "true", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def check_python():
    """Refuse a Python that Django 5.2 or our own code cannot run on."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:2]))
        stop(f"Python 3.11 ou plus récent est nécessaire (trouvé : {found}). Essayez : make PYTHON=python3.12 …")


def create_venv():
    """Create .venv, or create it again when its Python no longer runs."""
    if PYTHON.exists() and run(PYTHON, "-c", "import pip", stderr=subprocess.DEVNULL):
        return
    say("Création de l’environnement Python (.venv)")
    if not run(sys.executable, "-m", "venv", "--clear", VENV):
        install_system_packages(
            [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"], why="Le module venv de Python manque."
        )
        if not run(sys.executable, "-m", "venv", "--clear", VENV):
            stop("L’environnement Python n’a pas pu être créé dans .venv.")


def install_packages(*, dev):
    """Install exactly the locked versions, hashes checked: uv when it can be had, else pip."""
    requirements = ROOT / ("requirements-dev.txt" if dev else "requirements.txt")
    stamp = VENV / f".installed-{requirements.stem}"
    wanted = _fingerprint(ROOT / "uv.lock", requirements)
    # The development set contains the other one.
    stamps = {stamp, VENV / ".installed-requirements-dev"}
    if any(path.exists() and path.read_text() == _fingerprint_for(path) for path in stamps):
        return
    say("Installation des paquets Python verrouillés (uv.lock)")
    if not _install_with_uv(dev=dev) and not _install_with_pip(requirements):
        stop("Les paquets Python n’ont pas pu être installés : vérifiez la connexion, puis relancez.")
    stamp.write_text(wanted)


def _fingerprint(*files):
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _fingerprint_for(stamp):
    return _fingerprint(ROOT / "uv.lock", ROOT / f"{stamp.name.removeprefix('.installed-')}.txt")


def _install_with_uv(*, dev):
    uv = _find_uv()
    if uv is None:
        return False
    group = ["--group", "dev"] if dev else ["--no-dev"]
    # --inexact keeps uv itself, and the test tools when only the runtime set is asked for.
    command = [uv, "sync", "--frozen", "--inexact", "--quiet", "--python", PYTHON, *group]
    return run(*command, env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(VENV)})


def _find_uv():
    for candidate in (shutil.which("uv"), VENV / "bin" / "uv"):
        if candidate and run(candidate, "--version", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            return candidate
    if run(PYTHON, "-m", "pip", "install", "--quiet", "uv"):
        return VENV / "bin" / "uv"
    return None


def _install_with_pip(requirements):
    say("uv n’est pas utilisable ici : installation avec pip, empreintes vérifiées")
    return run(PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements)


def check_pdf_libraries():
    """Make sure WeasyPrint can load Pango and HarfBuzz."""
    missing = [package for library, package in PDF_LIBRARIES.items() if not ctypes.util.find_library(library)]
    if missing:
        install_system_packages(missing, why="Des bibliothèques manquent pour produire les PDF.")


def prepare(*, dev):
    """Do the whole set-up; ``dev`` adds the tools of the tests."""
    check_python()
    # First: who cannot install them is told at once, not after the packages.
    check_pdf_libraries()
    create_venv()
    install_packages(dev=dev)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="installer aussi les outils de test")
    prepare(dev=parser.parse_args().dev)
