"""Addresses asked with the project's settings and download handler, and nothing else of it.

`python -m tests.asking SETTINGS URL…` prints what came of each: a status and a size, or why there is none. The setting
`NAMES` has the answers that a stub resolver gives, one for each look-up, the last one again and again; `PUBLIC` the
addresses that count as public, so that nothing is sent beyond this machine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.utils.project import get_project_settings
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.python.failure import Failure

from crawler import reach, resolving
from tests.forking import forks

SETTINGS = {
    "CONTACT": "you@example.org",
    "EXTENSIONS": {},
    "ITEM_PIPELINES": {},
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "ARCHIVE": False,
    "ROBOTSTXT_OBEY": False,
    "RETRY_ENABLED": False,
    "LOG_LEVEL": "INFO",
}


class StubNames:
    """A resolver that knows the names it was told, and says which were looked up."""

    def __init__(self, names: dict[str, list[list[str]]]) -> None:
        self.names = names
        self.looked_up: list[str] = []

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> Any:  # noqa: N802
        self.looked_up.append(name)
        answers = self.names.get(name, [[name]])
        receiver.resolutionBegan(None)
        for host in answers.pop(0) if len(answers) > 1 else answers[0]:
            kind = IPv6Address if ":" in host else IPv4Address
            receiver.addressResolved(kind("TCP", host, port))
        receiver.resolutionComplete()
        return receiver


class Stub(resolving.PublicOnly):
    """The project's resolver over `StubNames`."""

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Stub:
        stub = super().from_crawler(crawler, reactor)
        stub.names = StubNames(json.loads(crawler.settings["NAMES"]))
        public = frozenset(crawler.settings.getlist("PUBLIC"))
        reach.is_public = resolving.is_public = lambda address: str(address) in public
        return stub


class Asking(Spider):
    name = "asking"

    def __init__(self, urls: list[str]) -> None:
        super().__init__()
        self.urls = urls
        self.came: dict[str, str] = {}

    async def start(self) -> AsyncIterator[Request]:
        for url in self.urls:
            yield Request(url, self.parse, errback=self.failed, dont_filter=True, meta={"asked": url})

    def parse(self, response: Response) -> None:
        self.came[response.meta["asked"]] = f"{response.status} {len(response.body)}"

    def failed(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        self.came[request.meta["asked"]] = f"{type(failure.value).__name__}: {failure.value}"

    def closed(self, reason: str) -> None:
        from twisted.internet import reactor

        names = getattr(reactor.nameResolver, "names", None)
        print(json.dumps([self.came, getattr(names, "looked_up", [])]))


def ask(
    *urls: str, env: dict[str, str] | None = None, before: str = "", hosts: list[str] | None = None, **settings: Any
) -> tuple[dict[str, str], list[str]]:
    """What came of each address, and the names that the stub resolver was asked for; `before` is run in the process."""
    if "NAMES" in settings:
        settings |= {"NAMES": json.dumps(settings["NAMES"]), "TWISTED_DNS_RESOLVER": "tests.asking.Stub"}
    command = before + "\nfrom tests.asking import main\nmain()"
    result = forks().run("-c", command, json.dumps([hosts, settings]), *urls, env=env, timeout=60)
    assert result.returncode == 0 and "Traceback" not in result.stderr, result.stderr
    came, names = json.loads(result.stdout)
    return came, names


def main() -> None:
    settings = get_project_settings()
    hosts, ours = json.loads(sys.argv[1])
    settings.setdict({**SETTINGS, **ours}, priority="cmdline")
    Asking.allowed_domains = hosts
    process = AsyncCrawlerProcess(settings)
    process.crawl(Asking, urls=sys.argv[2:])
    process.start()


if __name__ == "__main__":
    main()
