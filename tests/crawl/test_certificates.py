"""A certificate is verified, unless the hall's data say otherwise; and then the run says so."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from crawler.storage.warc_frames import Frame, frames
from tests.asking import ask
from tests.certificates import polite_tls, self_signed
from tests.halls import LISTING, crawl, lines, manifest, scrapy
from tests.polite_server import HTML, PoliteServer, small_hall

HERE = "127.0.0.1"
PAGES = small_hall((404, HTML, b""))
ROOTS = "SSL_CERT_FILE"


def start(server: PoliteServer) -> str:
    return f"https://{HERE}:{server.server_address[1]}{LISTING}"


def crawl_lax(server: PoliteServer, output: Path) -> CompletedProcess[str]:
    options = ("-a", f"start={start(server)}", "-s", f"OUTPUT_DIR={output}")
    return scrapy("crawl", "acftu", *options, SCRAPY_SETTINGS_MODULE="tests.lax_halls")


def warcinfo(output: Path) -> str:
    first = next(frames(next((output / "acftu/warc").glob("*.warc.gz"))))
    assert isinstance(first, Frame)
    return first.block.decode()


def test_a_certificate_that_nobody_vouches_for_is_refused_and_nothing_is_asked(tmp_path: Path) -> None:
    with polite_tls(PAGES, self_signed(tmp_path, HERE)) as server:
        result = crawl(start(server), tmp_path)
    assert result.returncode == 3, result.stdout + result.stderr
    assert f"BadCertificate: {HERE}: its certificate is not valid" in result.stdout
    assert "Traceback" not in result.stderr
    assert server.paths == [] and lines(tmp_path / "acftu/transcripts.jsonl") == []
    assert manifest(tmp_path)["settings"]["DOWNLOAD_VERIFY_CERTIFICATES"] is True


def test_the_hall_s_own_opt_out_takes_it_and_is_recorded(tmp_path: Path) -> None:
    with polite_tls(PAGES, self_signed(tmp_path, HERE)) as server:
        result = crawl_lax(server, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert len(lines(tmp_path / "acftu/transcripts.jsonl")) == 2
    assert manifest(tmp_path)["settings"]["DOWNLOAD_VERIFY_CERTIFICATES"] is False
    assert "DOWNLOAD_VERIFY_CERTIFICATES=False" in warcinfo(tmp_path)


def test_a_certificate_that_a_trusted_root_vouches_for_is_taken(tmp_path: Path) -> None:
    pem = self_signed(tmp_path, HERE)
    with polite_tls(PAGES, pem) as server:
        came, _ = ask(start(server), env={ROOTS: str(pem)}, ALLOW_PRIVATE_ADDRESSES=1)
    assert came[start(server)].startswith("200 ")


FAULTS = {"its certificate is another host's": ("other.test", 1), "its certificate is not valid": (HERE, -1)}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_trusted_root_does_not_vouch_for_another_host_or_another_time(fault: str, tmp_path: Path) -> None:
    name, days = FAULTS[fault]
    pem = self_signed(tmp_path, name, days=days)
    with polite_tls(PAGES, pem) as server:
        came, _ = ask(start(server), env={ROOTS: str(pem)}, ALLOW_PRIVATE_ADDRESSES=1)
    assert came[start(server)] == f"BadCertificate: {HERE}: {fault}"
    assert server.paths == []
