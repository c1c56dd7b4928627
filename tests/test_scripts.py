"""What `make` runs before Django can: it must hold on a machine where nothing is installed."""

import os
import subprocess
import sys

from scripts import bootstrap


def test_a_command_that_is_not_installed_is_a_failure_and_not_a_stack_trace(tmp_path):
    assert bootstrap.run(tmp_path / "uv", "--version") is False


def test_the_site_of_make_run_answers_a_stranger_in_french(tmp_path):
    ask = "import django; django.setup(); from django.test import Client; print(Client().get('/nulle-part/').content)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "asv_platform.settings.dev", "PYTHONIOENCODING": "utf-8"}
    environment.pop("DEBUG", None)

    answer = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True)

    assert "Page introuvable" in answer.stdout


def test_missing_libraries_are_named_to_somebody_who_cannot_install_them(tmp_path):
    """An ordinary user, no sudo, no Pango: one sentence in French, before anything is downloaded."""
    without = "import ctypes.util, os; ctypes.util.find_library = lambda name: None; os.geteuid = lambda: 1000"
    script = f"{without}; from scripts import bootstrap; bootstrap.prepare(dev=False)"
    environment = {"PATH": str(tmp_path), "PYTHONIOENCODING": "utf-8"}

    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=bootstrap.ROOT, env=environment, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 1
    assert answer.stdout == ""
    assert answer.stderr.strip() == (
        "✗ Des bibliothèques manquent pour produire les PDF. Installez d’abord : "
        "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    )
