"""`make test`: every check of the project, on real services. All of them run, even when one fails."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT

from scripts.bootstrap import ROOT, say
from scripts.services import services
from scripts.template_database import template_name

BIN = Path(sys.executable).parent
SOURCES = ["asv_platform", "actors", "diagnostics", "programmation", "evaluation", "tests", "scripts", "manage.py"]
TEMPLATE = "Base des tests (migrate)"
WORKERS = os.environ.get("TEST_WORKERS", "2")


@dataclass(frozen=True)
class Step:
    """A named check: a command."""

    name: str
    command: list[str]


def lint_steps() -> Iterator[Step]:
    """The checks that read the source and start nothing."""
    templates = sorted(str(path) for path in (ROOT / "templates").rglob("*.html"))
    yield Step("Style du code (ruff check)", [f"{BIN}/ruff", "check", *SOURCES])
    yield Step("Mise en forme (ruff format)", [f"{BIN}/ruff", "format", "--check", *SOURCES])
    if templates:
        yield Step("Gabarits (djade)", [f"{BIN}/djade", "--target-version", "5.2", "--check", *templates])
    yield Step("Contrats d’import (import-linter)", [f"{BIN}/lint-imports"])


def project_steps() -> Iterator[Step]:
    """The checks that read the whole project, and the database that the tests copy."""
    manage = [sys.executable, "manage.py"]
    yield Step("Types (mypy)", [f"{BIN}/mypy", *SOURCES])
    yield Step("Réglages (manage.py check)", [*manage, "check", "--fail-level", "WARNING"])
    yield Step("Migrations à jour", [*manage, "makemigrations", "--check", "--dry-run"])
    yield Step(TEMPLATE, [sys.executable, "-m", "scripts.template_database"])


def test_step(pytest_arguments: list[str]) -> Step:
    """The tests, each process on a copy of the database made before."""
    pytest = [sys.executable, "-m", "pytest", "-n", WORKERS, "--durations=10"]
    # Measuring coverage costs about a third more time: asked for, not paid by every run.
    coverage = ["--cov", "--cov-branch", "--cov-report=term:skip-covered"] if os.environ.get("COVERAGE") else []
    return Step("Tests (pytest)", [*pytest, *coverage, *pytest_arguments])


def run_steps(steps: Iterator[Step], environment: dict[str, str]) -> list[str]:
    """Run every step with these variables added, and return the names of those that failed."""
    failed = []
    for step in steps:
        say(step.name)
        started = time.monotonic()
        result = subprocess.run(step.command, cwd=ROOT, env={**os.environ, **environment}, check=False)
        if result.returncode:
            failed.append(step.name)
        print(f"  {'✗' if result.returncode else '✓'} {time.monotonic() - started:.1f} s", flush=True)
    return failed


def run_together(steps: Iterator[Step], environment: dict[str, str]) -> list[str]:
    """Run steps side by side, tell them in order, and return the names of those that failed."""
    started = time.monotonic()
    running = [
        (step, subprocess.Popen(step.command, cwd=ROOT, env={**os.environ, **environment}, stdout=PIPE, stderr=STDOUT))
        for step in steps
    ]
    failed = []
    for step, process in running:
        output, _ = process.communicate()
        say(step.name)
        print(output.decode(), end="")
        if process.returncode:
            failed.append(step.name)
        print(f"  {'✗' if process.returncode else '✓'} {time.monotonic() - started:.1f} s", flush=True)
    return failed


def main() -> int:
    """Run the checks asked for; the exit code is 1 when any of them failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lint", action="store_true", help="seulement les contrôles qui ne démarrent rien")
    parser.add_argument("pytest", nargs="*", help="arguments donnés à pytest")
    arguments = parser.parse_args()
    if arguments.lint:
        failed = run_steps(lint_steps(), {})
    else:
        with services() as environment:
            environment["DJANGO_SETTINGS_MODULE"] = "asv_platform.settings.test"
            # The lint results come first: the last lines of the run are pytest's own summary.
            failed = run_steps(lint_steps(), {}) + run_together(project_steps(), environment)
            if TEMPLATE not in failed:
                environment["TEST_TEMPLATE"] = template_name(environment["DATABASE_URL"])
            failed += run_steps(iter([test_step(arguments.pytest)]), environment)
    if failed:
        say("En échec : " + ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
