"""Runs a command against a throw-away PostgreSQL cluster: `python -m tests.postgres pytest …`.

PostgreSQL refuses to run as root, so a root shell hands the cluster to the system user `postgres`. The cluster listens
on a socket in its own folder only, and is stopped by its own pid.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

UNPRIVILEGED = "postgres"


def binaries():
    """The newest folder of PostgreSQL server programs, or exit with the remedy."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    if not found and not on_path:
        sys.exit("PostgreSQL 15+ is missing: apt-get install postgresql (Debian).")
    return found[-1].parent if found else Path(on_path).parent


def as_unprivileged(command):
    """The command, run as `postgres` when we are root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid", UNPRIVILEGED, "--regid", UNPRIVILEGED, "--clear-groups", *command]


@contextlib.contextmanager
def cluster():
    """A running cluster; gives the DATABASE_URL of its database `balai`."""
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="balai-pg-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam(UNPRIVILEGED)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    data = folder / "data"

    def run(*command):
        subprocess.run(
            as_unprivileged([str(part) for part in command]), check=True, cwd=folder, stdout=subprocess.DEVNULL
        )

    try:
        run(
            programs / "initdb", "-D", data, "-U", "balai", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c shared_buffers=256MB -c max_wal_size=2GB"
        run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
        try:
            run(programs / "createdb", "-h", folder, "-U", "balai", "balai")
            yield f"postgresql://balai@/balai?host={folder}"
        finally:
            run(programs / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    # A TERM must end the cluster too: as an exception it passes through `finally`.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with cluster() as url:
        outcome = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False)
    sys.exit(outcome.returncode)
