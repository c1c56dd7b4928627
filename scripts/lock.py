"""`make lock`: refresh uv.lock, then export the two hashed lists that pip can install without uv."""

import shutil
import subprocess
from pathlib import Path

from scripts.bootstrap import ROOT, VENV, stop

EXPORTS = {"requirements.txt": ["--no-dev"], "requirements-dev.txt": ["--group", "dev"]}


def main() -> None:
    """Write uv.lock, requirements.txt and requirements-dev.txt."""
    uv = shutil.which("uv") or str(VENV / "bin" / "uv")
    if not Path(uv).exists():
        stop("uv est introuvable : installez-le (pip install uv), puis relancez.")
    subprocess.run([uv, "lock", "--quiet"], cwd=ROOT, check=True)
    for name, group in EXPORTS.items():
        export = [uv, "export", "--frozen", "--quiet", "--no-header", "--no-annotate", "--no-emit-project", *group]
        subprocess.run([*export, "--output-file", name], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
