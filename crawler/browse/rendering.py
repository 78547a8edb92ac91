"""Templates to pages. Everything that is put into one is escaped."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from crawler.browse.choice import Choice
from crawler.browse.scripts import SCRIPTS, convert
from crawler.show import without_controls
from crawler.text.script import language

HERE = Path(__file__).parent
#: Characters that turn the direction of what follows: never in a title, which no element isolates.
TURNING = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class Templates:
    """The templates, read once."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=shown,
        )
        self._environment.filters["plain"] = plain
        self._environment.globals.update(record_path=record_path, is_web=is_web, scripts=SCRIPTS, words_lang=words_lang)

    def page(self, name: str, choice: Choice, status: int = 200, **values: Any) -> HTMLResponse:
        """A template's page. `here` and `go` make addresses that keep the choice, `zh` writes in its script."""
        template = self._environment.get_template(name)
        keep = {"script": choice.script}
        text = template.render(
            choice=choice, zh=partial(convert, script=choice.script), go=_goer(keep), here=choice.query, **values
        )
        return HTMLResponse(text.encode("utf-8", "replace"), status)


def shown(value: Any) -> Any:
    """Text with its control characters made visible."""
    return without_controls(value) if type(value) is str else value


def plain(value: str) -> str:
    """Text for a page's title."""
    return value.translate(TURNING)


def record_path(record_id: str, suffix: str = "", base: str = "/") -> str:
    """The address of a record. One with `..` in it has no `/` that a browser would go up by, or to another host."""
    climbs = not {"", ".", ".."}.isdisjoint(record_id.split("/"))
    return base + quote(record_id, safe="" if climbs else "/") + suffix


def is_web(url: str) -> bool:
    """Whether an address may be a link."""
    try:
        return urlsplit(url).scheme.lower() in ("http", "https")
    except ValueError:
        return False


def words_lang(text: str, script: str | None = None) -> str:
    """The language of some words, as an attribute has it; "" where they do not tell."""
    found = language(text)
    if script and found != "en":
        return SCRIPTS[script]
    return "zh" if found.startswith("zh") else ""


def _goer(keep: dict[str, str | None]) -> Callable[..., str]:
    def go(path: str, **values: Any) -> str:
        """A path with the values, and what is kept on all pages."""
        return path + Choice(**(keep | values)).query().removesuffix("?")

    return go
