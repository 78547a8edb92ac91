"""The head of an answer as it came: reason phrase, and every header in its case and order.

Scrapy keeps neither, and Twisted takes out the headers of the connection. So the parser notes the lines, and they
travel to the download handler in a header of our own.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import NamedTuple

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.http import Response
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web._newclient import Request as WireRequest
from twisted.web.iweb import IResponse

NOTED = b"X-Archive-Head"


class Head(NamedTuple):
    """A status line and headers; values without the white space round them, lines without a colon left out."""

    version: str
    reason: bytes
    headers: list[tuple[bytes, bytes]]


def take_head(response: Response) -> Head:
    """The head of an answer, taken off its headers."""
    noted = b64decode(response.headers.pop(NOTED)[0])
    status_line, *lines = noted.split(b"\n")
    version, _, rest = status_line.partition(b" ")
    pairs = [(name, value) for name, _, value in (line.partition(b":") for line in lines)]
    return Head(version.decode("latin-1"), rest.partition(b" ")[2], pairs)


class _NotingParser(_LenientHTTPClientParser):
    def statusReceived(self, status: bytes) -> None:  # noqa: N802
        self._noted = [status]
        super().statusReceived(status)  # type: ignore[no-untyped-call]

    def headerReceived(self, name: bytes, value: bytes) -> None:  # noqa: N802
        self._noted.append(name + b":" + value)
        super().headerReceived(name, value)  # type: ignore[no-untyped-call]

    def allHeadersReceived(self) -> None:  # noqa: N802
        # In base64, since Twisted tidies white space up. A header of that name that a site sends is noted like others.
        self.headers.setRawHeaders(NOTED, [b64encode(b"\n".join(self._noted))])
        super().allHeadersReceived()  # type: ignore[no-untyped-call]


class _NotingProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: WireRequest) -> Deferred[IResponse]:
        waiting = super().request(request)
        assert self._parser is not None
        # As Scrapy does it: Twisted's method names the class of its parser.
        self._parser.__class__ = _NotingParser
        return waiting


class NotingFactory(_LenientHTTP11ClientFactory):
    """Connections that note the heads of their answers; for `HTTPConnectionPool._factory`."""

    def buildProtocol(self, addr: IAddress | None) -> _NotingProtocol:  # noqa: N802
        return _NotingProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
