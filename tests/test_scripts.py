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
