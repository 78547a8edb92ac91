"""The network guard: a name is looked up for each connection, and only public addresses of the answer are handed on.

What is connected to is an address of the checked answer: nothing is looked up a second time, so that a name that
answers otherwise the next moment gains nothing. Twisted brings literals here too, in whatever form.
"""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from OpenSSL.SSL import Error as TLSError
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from service_identity import VerificationError
from twisted.internet.base import ReactorBase
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from twisted.web.client import ResponseFailed
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.downloading import KeepAlive
from crawler.reach import is_private, is_public


class NotPublic(Exception):
    """The address of a request is no public one."""


class BadCertificate(Exception):
    """A host that does not prove that it is the one that was asked."""


@implementer(IHostnameResolver)
class PublicOnly:
    """A resolver for `TWISTED_DNS_RESOLVER`; `refused` says of a name what its last answer held beside public ones.

    Scrapy's own keeps an answer for as long as the process lives, which here may be days.
    """

    def __init__(self, reactor: ReactorBase, allow: bool, trusted: Sequence[str] = ()) -> None:
        self.reactor, self.allow, self.trusted = reactor, allow, frozenset(trusted)
        self.names: Any = reactor.nameResolver
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> PublicOnly:
        settings = crawler.settings
        return cls(reactor, settings.getbool("ALLOW_PRIVATE_ADDRESSES"), proxies(settings))

    def install_on_reactor(self) -> None:
        self.reactor.installNameResolver(self)  # type: ignore[arg-type]

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        self.refused.pop(hostName, None)
        receiver = _Sieve(self, hostName, resolutionReceiver)
        began: IHostResolution = self.names.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
        return began

    def takes(self, name: str, address: str) -> bool:
        """Whether a name may be connected to at an address (with a zone, perhaps)."""
        return self.allow or name in self.trusted or is_public(ip_address(address))


@implementer(IResolutionReceiver)
class _Sieve:
    """Hands on what a resolver takes of an answer."""

    def __init__(self, resolver: PublicOnly, name: str, receiver: Any) -> None:
        self.resolver, self.name = resolver, name
        self.receiver = receiver

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self.receiver.resolutionBegan(resolution)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.receiver.resolutionComplete()

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self.resolver.takes(self.name, address.host):
            self.receiver.addressResolved(address)
        else:
            self.resolver.refused[self.name] = address.host


def proxies(settings: BaseSettings) -> list[str]:
    """The hosts of the environment's proxies, where they are to be used: who set them trusts them."""
    if not settings.getbool("HTTPPROXY_ENABLED"):
        return []
    urls = (url if "//" in url else f"//{url}" for url in getproxies().values())
    return [host for url in urls if (host := urlsplit(url).hostname)]


class Guarded(KeepAlive):
    """The project's download handler, which says in words what the guard or the certificate check refused.

    It looks at literals itself as well: a proxy is asked by its own name, and connects to whatever it is told.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._allow = crawler.settings.getbool("ALLOW_PRIVATE_ADDRESSES")

    async def download_request(self, request: Request) -> Response:
        host = urlsplit(request.url).hostname or ""
        if not self._allow and is_private(request.url):
            raise NotPublic(f"{host} is no public address")
        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            if refused := _refused(host):
                raise NotPublic(f"{host} is at {refused}, which is no public address") from None
            raise
        except DownloadFailedError as error:
            if fault := certificate_fault(error.__cause__):
                raise BadCertificate(f"{host}: {fault}") from None
            raise


def _refused(host: str) -> str | None:
    from twisted.internet import reactor

    refused: dict[str, str] = getattr(reactor.nameResolver, "refused", {})
    return refused.get(host)


def certificate_fault(error: BaseException | None) -> str | None:
    """What is wrong with a certificate, None where something else went wrong."""
    for reason in error.reasons if isinstance(error, ResponseFailed) else ():
        if isinstance(reason.value, VerificationError):
            return "its certificate is another host's"
        if isinstance(reason.value, TLSError) and "certificate verify failed" in str(reason.value):
            return "its certificate is not valid"
    return None
