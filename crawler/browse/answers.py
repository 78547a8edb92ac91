"""Requests to choices, and answers that are no pages."""

from __future__ import annotations

from typing import Any

from pydantic_core import to_json
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from crawler.browse.choice import Choice, read_choice
from crawler.show import printable


def chosen(request: Request) -> Choice:
    """The choice of an address; a wrong one is a 400."""
    try:
        return read_choice(request.query_params)
    except ValueError as error:
        raise HTTPException(400, f"{str(error).capitalize()}.") from None


def as_json(value: Any) -> Response:
    """Compact JSON, Chinese as it is."""
    return Response(to_json(value) + b"\n", media_type="application/json")


def as_plain(text: str) -> PlainTextResponse:
    """Text with its control characters made visible."""
    return PlainTextResponse(printable(text).encode("utf-8", "replace"))
