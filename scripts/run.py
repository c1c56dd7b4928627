"""`make run`: load what is missing, start the local worker and the web server, and say where to look."""

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from scripts.bootstrap import ROOT, say, stop

VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))
STAMPS = VAR / "stamps"
MANAGE = [sys.executable, "manage.py"]
# Each loading command is idempotent; it runs again only when its data or its code has changed.
LOADERS = {
    "load_territories": ["asv_platform/territories"],
    "load_indicators": ["diagnostics"],
    "demo": ["asv_platform/console/management", "asv_platform/console/demo"],
}
WATCHED = {".py", ".csv", ".json", ".geojson", ".toml", ".gz", ".xz", ".zip"}


def manage(*arguments: str, **environment: str) -> None:
    """Run a management command, and stop at the first one that fails."""
    result = subprocess.run([*MANAGE, *arguments], cwd=ROOT, env={**os.environ, **environment}, check=False)
    if result.returncode:
        stop(f"« manage.py {' '.join(arguments)} » a échoué : le message ci-dessus dit pourquoi.")


def fingerprint(folders: list[str]) -> str:
    """What the files under these folders hold, in one word."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in WATCHED:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def load(command: str, folders: list[str], **environment: str) -> None:
    """Run a loading command unless it has already run on the same data."""
    stamp, wanted = STAMPS / command, fingerprint(folders)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Chargement : {command}")
    manage(command, **environment)
    stamp.write_text(wanted)


def prepare_data(site_url: str) -> None:
    """Create or update the database, then load the reference data and the demonstration."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    if not any(VAR.glob("*.sqlite3")) and "DATABASE_URL" not in os.environ:
        # The database was erased: what the stamps say is no longer true.
        for stamp in STAMPS.iterdir():
            stamp.unlink()
    say("Mise à jour de la base")
    manage("migrate", "--verbosity", "0")
    manage("createcachetable", "--verbosity", "0")
    for command, folders in LOADERS.items():
        load(command, folders, SITE_URL=site_url)


def refuse_busy_port(port: int) -> None:
    """Stop with one sentence rather than a stack trace when the port is taken."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            stop(f"Le port {port} est déjà utilisé. Choisissez-en un autre : make run PORT={port + 1}")


def serve(host: str, port: int) -> int:
    """Start the worker and the web server; end both when either ends or on Ctrl-C."""
    environment = {**os.environ, "SITE_URL": os.environ.get("SITE_URL", f"http://localhost:{port}")}
    environment["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE", "asv_platform.settings.dev")
    gunicorn = [sys.executable, "-m", "gunicorn", "asv_platform.wsgi", "--worker-class", "gthread", "--threads", "8"]
    gunicorn += ["--bind", f"{host}:{port}", "--no-control-socket", "--log-level", "warning"]
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, interrupt)
    # Sessions of their own: Ctrl-C reaches this process only, which then ends them in order.
    processes = [
        subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        for command in ([*MANAGE, "work"], gunicorn)
    ]
    try:
        while all(process.poll() is None for process in processes):
            time.sleep(0.5)
        say("Le site ou l’ouvrier s’est arrêté : le message ci-dessus dit pourquoi.")
        return 1
    except KeyboardInterrupt:
        say("Arrêt")
        return 0
    finally:
        stop_all(processes)


def interrupt(*_) -> None:
    """Ctrl-C and a polite kill are the same request, even when the shell had made us deaf to one of them."""
    raise KeyboardInterrupt


def stop_all(processes: list[subprocess.Popen]) -> None:
    """End the processes; a job or a request under way may finish, and a second Ctrl-C does not cut this short."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def main() -> int:
    """Prepare everything, then serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    # The demonstration has known passwords and an open mailbox: other machines see it only when asked.
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    arguments = parser.parse_args()
    port = arguments.port
    refuse_busy_port(port)
    site_url = os.environ.get("SITE_URL", f"http://localhost:{port}")
    prepare_data(site_url)
    manage("demo", "--show", SITE_URL=site_url)
    say(f"Le site est ouvert : http://localhost:{port}   (Ctrl-C pour l’arrêter)")
    return serve(arguments.host, port)


if __name__ == "__main__":
    raise SystemExit(main())
