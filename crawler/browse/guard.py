"""What holds for every answer: who may ask, how, and what a browser may do with it.

A page of another site can make a browser ask this one under that site's own name (DNS rebinding): the Host header
tells.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
METHODS = frozenset({"GET", "HEAD"})
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-DNS-Prefetch-Control": "off",
    "Cache-Control": "no-cache",
}
#: Makes the answer to a request that is refused: status and reason.
Refusal = Callable[[int, str], Response]


class Guard:
    """Refuses what is not for this site, and puts the headers on all that is answered, errors as well."""

    def __init__(self, app: ASGIApp, refusal: Refusal, hosts: frozenset[str] = LOCAL, *, any_address: bool = False):
        self.app = app
        self.refusal = refusal
        self.hosts = hosts
        self.any_address = any_address

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        sending = _with_headers(send)
        host = Headers(scope=scope).get("host", "")
        if not is_for(host, self.hosts, any_address=self.any_address):
            await self.refusal(400, "This site answers only under its own address.")(scope, receive, sending)
        elif scope["method"] not in METHODS:
            answer = self.refusal(405, "This site can only be read.")
            answer.headers["Allow"] = ", ".join(sorted(METHODS))
            await answer(scope, receive, sending)
        else:
            await self.app(scope, receive, sending)


def is_for(host: str, hosts: frozenset[str], *, any_address: bool = False) -> bool:
    """Whether a Host header names this site; `any_address`: so does every address that is no name."""
    if host.startswith("["):
        name, _, port = host[1:].partition("]")
        port = port.removeprefix(":")
    else:
        name, _, port = host.partition(":")
    if port and not (port.isascii() and port.isdigit()):
        return False
    return name.lower() in hosts or (any_address and _is_address(name))


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
