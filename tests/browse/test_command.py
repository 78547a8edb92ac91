"""The command as a user runs it."""

from __future__ import annotations

import argparse
import signal
import socket
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.browse.serving import listen
from crawler.commands.browse import Command
from tests.browse.made_archive import talk
from tests.browse.running import browsing
from tests.forking import forks
from tests.halls import ROOT
from tests.storage.made_records import write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "acftu/transcripts.jsonl", talk(1), b"{}\n")
    return tmp_path


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_until_it_is_told_to_end(folder: Path, sign: signal.Signals) -> None:
    with browsing(str(folder), "--port", "0") as (process, lines):
        assert f"kept for the site in {folder}/.browse.sqlite" in lines
        address = urlsplit(lines[-1].split()[0])
        assert address.hostname == "127.0.0.1"
        connection = HTTPConnection("127.0.0.1", address.port or 0, timeout=20)
        connection.request("GET", "/acftu/1.json")
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("server")) == (200, None)
        answer.read()
        process.send_signal(sign)  # while the connection is still open
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out) == (1, "")  # a line was left out
        assert err.count("\n") == 1
        assert "not loaded: id: Field required" in err


def test_another_address_than_this_machine_s_is_warned_of(folder: Path) -> None:
    with browsing(str(folder), "--port", "0", "--host", "0.0.0.0") as (process, lines):
        assert lines[-1].startswith("http://0.0.0.0:")
        process.send_signal(signal.SIGINT)
        assert "warning: whoever reaches 0.0.0.0 can read this archive" in process.communicate(timeout=30)[1]


MISTAKES = [
    ([], {}, 2, "wanted is a folder of records"),
    (["a", "b"], {}, 2, "wanted is a folder of records"),
    (["nowhere"], {}, 2, "nowhere is not there"),
    (["scheduling"], {}, 4, "no transcripts.jsonl in scheduling"),
    (["README.md"], {}, 2, "README.md is no folder"),
    (["scheduling"], {"port": "70000"}, 2, "'70000' is no port"),
    (["scheduling"], {"port": "-1"}, 2, "'-1' is no port"),
    (["scheduling"], {"host": "example.org"}, 2, "'example.org' is no address"),
    (["--colour"], {}, 2, "unknown option --colour"),
]


def run(arguments: list[str], **options: str) -> int:
    """The command in this process; its exit code."""
    given = argparse.Namespace(**({"port": "0", "host": "127.0.0.1"} | options))
    with pytest.raises(SystemExit) as ended:
        Command().run(arguments, given)
    return int(str(ended.value))


@pytest.mark.parametrize(("arguments", "options", "code", "said"), MISTAKES)
def test_a_mistake_is_one_line(
    arguments: list[str], options: dict[str, str], code: int, said: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(ROOT)
    assert run(arguments, **options) == code
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


def test_a_port_that_is_taken_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run([str(folder)], port=str(taken.getsockname()[1])) == 1
    err = capsys.readouterr().err
    assert "cannot listen at 127.0.0.1" in err and err.count("\n") == 1


def test_a_package_that_is_missing_is_one_line(folder: Path) -> None:
    broken = folder / "broken/uvicorn"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ModuleNotFoundError('no', name='uvicorn')")
    result = forks(bare=True).run("browse", str(folder), "--port", "0", env={"PYTHONPATH": str(broken.parent)})
    assert result.returncode == 2
    assert result.stderr == "scrapy browse: uvicorn is not installed: pip install -r requirements-browse.txt\n"


def test_a_kept_connection_does_not_wait_for_acknowledgements() -> None:
    """Head and body of an answer are two writes: without the option the second waits some 40 ms for a late one."""
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
