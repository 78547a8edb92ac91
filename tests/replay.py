"""A web archive of the tests' own: pywb on a free port of this machine, over WARC files that a test gives it."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.halls import ROOT

# pywb has an environment of its own: it wants other versions of what the tests use.
BIN = ROOT / ".venv-replay" / "bin"
COLLECTION = "old"


@contextmanager
def archive(folder: Path, warcs: Sequence[Path]) -> Iterator[str]:
    """The address of a collection of these files, with a slash at its end; skips where there is no pywb."""
    if not (BIN / "wayback").exists():
        pytest.skip("pywb is not installed")
    folder.mkdir(parents=True, exist_ok=True)
    _manage(folder, "init", COLLECTION)
    _manage(folder, "add", COLLECTION, *map(str, warcs))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [BIN / "wayback", "--bind", "127.0.0.1", "--port", str(port)],
        cwd=folder,
        env={**os.environ, "NO_PROXY": "*"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(server, f"http://127.0.0.1:{port}/{COLLECTION}/cdx?url=http://nowhere.invalid/")
        yield f"http://127.0.0.1:{port}/{COLLECTION}/"
    finally:
        server.kill()
        server.wait()


def _manage(folder: Path, *arguments: str) -> None:
    subprocess.run([BIN / "wb-manager", *arguments], cwd=folder, check=True, capture_output=True, timeout=120)


def _await(server: subprocess.Popen[bytes], url: str) -> None:
    """Return when the server answers, whatever it says."""
    end = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=10).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("pywb did not start")
