"""A process that has the project loaded and forks for each command: a command costs its own work, not the imports.

A second of each command was what it imported, and a third of one what the interpreter does to take that down again. A
fork is a process like any other: it has its own signals, files, environment and memory, and may be killed. What the
project itself starts (the crawls of `scrapy crawlall`) are real ones.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TextIO

from scrapy.utils.misc import walk_modules_iter

ROOT = Path(__file__).parent.parent
# What commands import when they run; none of it may bring a reactor with it.
LIBRARIES = (
    "encodings.big5hkscs",
    "encodings.charmap",
    "encodings.gb18030",
    "encodings.gbk",
    "encodings.utf_8_sig",
    "idna",
    "lxml.etree",
    "pydantic",
    "requests",
    "rich.console",
    "rich.table",
    "scrapy.cmdline",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.engine",
    "scrapy.core.scheduler",
    "scrapy.crawler",
    "scrapy.downloadermiddlewares.cookies",
    "scrapy.extensions.memusage",
    "scrapy.spiderloader",
    "scrapy.spidermiddlewares.depth",
    "scrapy.utils.sitemap",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.orm",
    "twisted.internet.asyncioreactor",
)
OURS = (
    "crawler.frontier",
    "crawler.pipelines",
    "crawler.resolving",
    "crawler.settings",
    "crawler.storage.reparsing",
    "crawler.storage.verifying.archive",
    "crawler.wire",
)
WALKED = (
    "scrapy.commands",  # Scrapy looks at all of them to find one
    "crawler.commands",
    "crawler.demo",
    "crawler.extensions",
    "crawler.politeness",
    "crawler.spiders",
    "crawler.storage.report",
    "crawler.browse",
)
NUMBER = b"%12d"


Way = Callable[[], tuple[TextIO, int]]


def file() -> tuple[TextIO, int]:
    """Where what is said is read, and where it is written: a file without a name, which holds any length."""
    far, name = tempfile.mkstemp()
    near = open(name, encoding="utf8")  # noqa: SIM115
    os.unlink(name)
    return near, far


def pipe() -> tuple[TextIO, int]:
    """A pipe, to read what is said as it comes, or no more of it."""
    near, far = os.pipe()
    return open(near, encoding="utf8"), far


def terminal() -> tuple[TextIO, int]:
    """A terminal, which takes some kilobytes before it is read."""
    near, far = os.openpty()
    return open(near, encoding="utf8"), far


class Fork:
    """A command under way: as `subprocess.Popen` has it, as far as tests ask."""

    def __init__(self, answers: socket.socket, stdout: TextIO, stderr: TextIO) -> None:
        self.answers, self.stdout, self.stderr = answers, stdout, stderr
        self.pid = _number(answers)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and select.select([self.answers], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not select.select([self.answers], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self.returncode = _number(self.answers)
            self.answers.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it said and nobody has read, once it has ended."""
        self.wait(timeout)
        with self.stdout, self.stderr:
            said = []
            with suppress(OSError):  # Linux's way to say that nobody writes to a terminal any more
                said += iter(self.stdout.readline, "")
            return "".join(said), self.stderr.read()


class Forks:
    """The loaded process, on the other end of a socket. A bare one has nothing of the project: another folder's is run,

    or one without a package.
    """

    def __init__(self, bare: bool = False) -> None:
        self.near, far = socket.socketpair()
        with far:
            command = [sys.executable, "-m", "tests.forking", str(far.fileno()), *["bare"] * bare]
            subprocess.Popen(command, cwd=ROOT, pass_fds=[far.fileno()], stdin=subprocess.DEVNULL)

    def start(self, *arguments: str, out: Way = file, env: dict[str, str] | None = None, cwd: Path = ROOT) -> Fork:
        """What an interpreter would do with `-m` or `-c`, or `scrapy` with anything else: under way in a process group

        of its own, with nothing on its standard input.
        """
        answers, theirs = socket.socketpair()
        near, far = out()
        err, its_err = file()
        told = json.dumps([arguments, {**os.environ, **(env or {})}, str(cwd)]).encode("utf8", "surrogateescape")
        socket.send_fds(self.near, [NUMBER % len(told)], [far, its_err, theirs.fileno()])
        self.near.sendall(told)
        theirs.close()
        os.close(far)
        os.close(its_err)
        return Fork(answers, near, err)

    def run(self, *arguments: str, timeout: float = 120, **how: Any) -> subprocess.CompletedProcess[str]:
        """The same, to its end; what it left running is ended too."""
        fork = self.start(*arguments, **how)
        try:
            said = fork.communicate(timeout)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(fork.pid, signal.SIGKILL)
        return subprocess.CompletedProcess(list(arguments), fork.wait(), *said)


def _number(answers: socket.socket) -> int:
    return int(answers.recv(len(NUMBER % 0), socket.MSG_WAITALL))


@cache
def forks(bare: bool = False) -> Forks:
    """This worker's."""
    return Forks(bare)


def serve(far: socket.socket) -> list[str] | None:
    """Fork for each command that comes; its arguments in the child, None at the end."""
    woken, wakes = socket.socketpair()
    woken.setblocking(False)
    wakes.setblocking(False)
    signal.set_wakeup_fd(wakes.fileno())
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    running: dict[int, socket.socket] = {}
    while True:
        ready, _, _ = select.select([far, woken], [], [])
        if woken in ready:
            woken.recv(4096)
            _answer(running)
        if far not in ready:
            continue
        size, fds, _, _ = socket.recv_fds(far, len(NUMBER % 0), 3)
        if not size:
            return None
        told = far.recv(int(size), socket.MSG_WAITALL)
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for each in (far, woken, wakes, *running.values()):
                each.close()
            return _begun(told, fds)
        for fd in fds[:2]:
            os.close(fd)
        running[pid] = socket.socket(fileno=fds[2])
        running[pid].sendall(NUMBER % pid)


def _answer(running: dict[int, socket.socket]) -> None:
    """The exit codes of those that have ended."""
    with suppress(ChildProcessError):
        while running:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            with running.pop(pid) as answers, suppress(OSError):
                answers.sendall(NUMBER % os.waitstatus_to_exitcode(status))


def _begun(told: bytes, fds: list[int]) -> list[str]:
    """The child's own surroundings; its arguments."""
    os.setsid()
    for number, fd in enumerate(fds[:2], 1):
        os.dup2(fd, number)
    for fd in fds:
        os.close(fd)
    sys.stdout = open(1, "w", buffering=1 if os.isatty(1) else -1, encoding="utf8")  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding="utf8", errors="backslashreplace")  # noqa: SIM115
    arguments: list[str]
    arguments, environment, folder = json.loads(told.decode("utf8", "surrogateescape"))
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.dont_write_bytecode = "PYTHONDONTWRITEBYTECODE" in os.environ
    sys.path[1:1] = filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))
    return arguments


def run(arguments: list[str]) -> None:
    """What an interpreter would do with them."""
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    elif arguments[0] == "-c":
        sys.argv = ["-c", *arguments[2:]]
        exec(compile(arguments[1], "<string>", "exec"), {"__name__": "__main__"})
    else:
        from scrapy.cmdline import execute

        sys.argv = ["scrapy", *arguments]
        sys.path[0] = str(Path(sys.executable).parent)
        execute()


def to_its_end(do: Callable[[], None]) -> NoReturn:
    """Ends as an interpreter does, but for the objects that it shares with the process that it is a fork of."""
    code: Any = 0
    try:
        do()
    except SystemExit as exit:
        code = exit.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        print(code, file=sys.stderr)
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code & 0xFF if isinstance(code, int) else int(code is not None))


def main() -> None:
    """Load, serve; in a child go on with its arguments."""
    bare = sys.argv[2:] == ["bare"]
    for name in LIBRARIES if bare else (*LIBRARIES, *OURS):
        import_module(name)
    for package in () if bare else WALKED:
        with suppress(ImportError):  # a package for `scrapy browse` may be missing
            list(walk_modules_iter(package))
    assert "twisted.internet.reactor" not in sys.modules
    gc.collect()
    gc.freeze()  # what a collector never looks at is never copied
    arguments = serve(socket.socket(fileno=int(sys.argv[1])))
    if arguments is not None:
        to_its_end(lambda: run(arguments))


if __name__ == "__main__":
    main()
