"""A PostgreSQL of the tests' own: started on a free port of this machine, and gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

USER = "postgres"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; None where they are not installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"))
    found = shutil.which("pg_ctl")
    return debian[-1].parent if debian else Path(found).resolve().parent if found else None


@contextmanager
def running() -> Iterator[str]:
    """The address of an empty database; skips where there is no PostgreSQL, or no driver."""
    bin_ = programs()
    if bin_ is None or find_spec("psycopg") is None:
        pytest.skip("PostgreSQL or psycopg is not installed")
    folder = tempfile.mkdtemp(prefix="pg-")
    # The server refuses to be root's.
    become = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"] if os.geteuid() == 0 else []
    if become:
        shutil.chown(folder, USER, USER)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(program: str, *arguments: str) -> None:
        command = [*become, str(bin_ / program), "-D", f"{folder}/data", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    try:
        run("initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
        run("pg_ctl", "-o", options, "-l", f"{folder}/log", "-w", "start")
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}/{USER}"
        finally:
            run("pg_ctl", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
