"""A process that has the project loaded and forks for each command: a command costs its own work, not the imports.

Six hundred commands of the tests took most of their time to import what the one before had imported. Tests of killed
processes, of the environment and of the README's commands start real ones.
"""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from scrapy.utils.misc import walk_modules_iter

ROOT = Path(__file__).parent.parent
# What commands import when they run; none of it may bring a reactor with it.
LOADED = (
    "scrapy.cmdline",
    "scrapy.core.engine",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.crawler",
    "scrapy.utils.sitemap",
    "twisted.internet.asyncioreactor",
    "crawler.settings",
    "crawler.frontier",
    "crawler.pipelines",
    "crawler.politeness.gate",
    "crawler.spiders.acftu",
    "crawler.extensions.bookkeeping",
    "crawler.extensions.verdict",
    "crawler.storage.reparsing",
    "crawler.storage.verifying.archive",
)


class Forks:
    """The loaded process, on the other end of a socket."""

    def __init__(self) -> None:
        self.near, far = socket.socketpair()
        with far:
            command = [sys.executable, "-m", "tests.forking", str(far.fileno())]
            subprocess.Popen(command, cwd=ROOT, pass_fds=[far.fileno()], stdin=subprocess.DEVNULL)

    def run(self, arguments: Sequence[str], timeout: float) -> subprocess.CompletedProcess[str]:
        """A scrapy command with nothing on its standard input, from the project's root."""
        with tempfile.TemporaryFile("w+b") as out, tempfile.TemporaryFile("w+b") as err:
            fds = [out.fileno(), err.fileno()]
            socket.send_fds(self.near, [json.dumps(list(arguments)).encode() + b"\n"], fds)
            answers = self.near.makefile("r")
            pid = int(answers.readline())
            self.near.settimeout(timeout)
            try:
                code = int(answers.readline())
            except TimeoutError:
                os.killpg(pid, signal.SIGKILL)
                self.near.settimeout(None)
                answers.readline()
                raise subprocess.TimeoutExpired(list(arguments), timeout) from None
            self.near.settimeout(None)
            out.seek(0)
            err.seek(0)
            said = [io.TextIOWrapper(file, "utf8").read() for file in (out, err)]
        return subprocess.CompletedProcess(["scrapy", *arguments], code, *said)


@cache
def forks() -> Forks:
    """This worker's."""
    return Forks()


def serve(far: socket.socket) -> list[str] | None:
    """Fork for each command that comes; its arguments in the child, None at the end."""
    while True:
        message, fds, _, _ = socket.recv_fds(far, 1 << 20, 2)
        if not message:
            return None
        pid = os.fork()
        if pid == 0:
            far.close()
            os.setsid()
            for number, fd in enumerate(fds, 1):
                os.dup2(fd, number)
                os.close(fd)
            arguments: list[str] = json.loads(message)
            return arguments
        for fd in fds:
            os.close(fd)
        far.sendall(b"%d\n" % pid)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)
        far.sendall(b"%d\n" % code)


def main() -> None:
    """Load, serve; in a child go on as `scrapy` does."""
    for name in LOADED:
        import_module(name)
    for package in ("scrapy.commands", "crawler.commands"):  # Scrapy looks at all of them to find one
        list(walk_modules_iter(package))
    assert "twisted.internet.reactor" not in sys.modules
    arguments = serve(socket.socket(fileno=int(sys.argv[1])))
    if arguments is not None:
        from scrapy.cmdline import execute

        sys.argv = ["scrapy", *arguments]
        sys.path[0] = str(Path(sys.executable).parent)
        execute()


if __name__ == "__main__":
    main()
