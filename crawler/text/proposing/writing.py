"""A proposed hall as the files of the project: its Site as Python, a page of the docs, a saved page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any
from unicodedata import east_asian_width

from crawler.items import Page, Transcript
from crawler.site import Layout, Listing, Site
from crawler.text.proposing.value import NOTE, Proposal, Told
from crawler.text.record import page_to_record
from crawler.text.visible import visible

MOST_LINES = 40
LINE = 120
# What Markdown would read as markup in a page's words.
MARKUP = re.compile(r"[\\`|*\[\]]")
BACKTICKS = re.compile(r"`+")
# A field that is a pattern, or a tuple of one; an address may have the same words in it.
PATTERN_FIELD = re.compile(r"\s*\w+=\(?re\.compile\(")
# What of a record hangs on the run, not on the page.
RUN = frozenset({"schema", "version", "content_hash", "damage", "provenance"})
# What is set tight to keep to the lines is left as it is.
SKIP = "  # fmt: skip"
UNREAD = "unread"
UNREAD_NOTE = "as the parser read the page; compare every field with the page, then delete this line"
HEAD = '''"""Proposed by `scrapy newhall`; what it matches and what is a guess: docs/halls/{name}.md."""

import re

from crawler.site import Layout, Listing, Site
from crawler.spider import HallSpider

'''


def site_file(proposal: Proposal) -> str:
    """The spider's file: data only, of at most 40 lines; a guess has a comment. It compiles, or nothing is given."""
    for tight in ((), (Layout,), (Layout, Listing, Site)):
        text = HEAD.format(name=proposal.site.name) + "\n".join(_lines(proposal, tight)) + "\n"
        if text.count("\n") <= MOST_LINES:
            break
    compile(text, f"{proposal.site.name}.py", "exec", dont_inherit=True)
    return text


def _lines(proposal: Proposal, tight: tuple[type, ...]) -> Iterator[str]:
    site, guesses = proposal.site, proposal.guesses
    constants = {layout: f"LOOK_{i}" for i, layout in enumerate(site.layouts, 1)}
    if len(constants) == 1:
        constants = dict.fromkeys(constants, "ARTICLE")
    for layout, constant in constants.items():
        yield from _call(f"{constant} = ", layout, "", _under(guesses, layout.name), constants, tight)
    yield from ("", "", f"class {site.name.capitalize()}Spider(HallSpider):", f'    name = "{site.name}"')
    yield from _call("    site = ", site, "    ", guesses, constants, tight)


def _call(
    opening: str,
    value: Layout | Listing | Site,
    indent: str,
    guesses: Mapping[str, str],
    constants: Mapping[Layout, str],
    tight: tuple[type, ...],
    comma: str = "",
) -> Iterator[str]:
    """A value as the call that makes it, with the fields that are not as they are anyway."""
    inner = indent + "    "
    yield f"{opening}{type(value).__name__}("
    if isinstance(value, tight) and not isinstance(value, Site):
        yield from _filled([f"{name}={_shown(given, constants)}," for name, given in _given(value)], guesses, inner)
        yield f"{indent}){comma}" + ("" if comma else SKIP)
        return
    for name, given in _given(value):
        if isinstance(given, Listing):
            yield from _call(f"{inner}{name}=", given, inner, _under(guesses, "listing"), constants, tight, ",")
        else:
            line = f"{inner}{name}={_shown(given, constants)},"
            yield from _commented(line, guesses.get(name, ""), inner, divide=Site not in tight)
    yield f"{indent}){comma}{SKIP if isinstance(value, tight) else ''}"


def _under(guesses: Mapping[str, str], part: str) -> dict[str, str]:
    """The guesses of one part, by its fields."""
    return {key.removeprefix(f"{part}."): why for key, why in guesses.items() if key.startswith(f"{part}.")}


def _commented(line: str, why: str, indent: str, divide: bool = True) -> Iterator[str]:
    """A line, with a guess behind it or, where it would be too long, before it; a pattern may have lines of its own."""
    comment = f"# guess: {why}" if why else ""
    if comment and _width(f"{line}  {comment}") <= LINE:
        yield f"{line}  {comment}"
        return
    if comment:
        yield indent + comment
    pattern_field = PATTERN_FIELD.match(line)
    opening, call, rest = line.partition("re.compile(") if pattern_field else (line, "", "")
    if _width(line) <= LINE or not divide:
        yield _allowed(line)
    elif opening.endswith("=("):
        inner = f"{indent}    "
        pattern = rest.removesuffix("),),")
        yield from (opening, f"{inner}re.compile(", _allowed(f"{inner}    {pattern}"), f"{inner}),", f"{indent}),")
    elif call and rest.endswith("),"):
        yield from (opening + call, _allowed(f"{indent}    {rest[:-2]}"), f"{indent}),")
    else:
        yield _allowed(line)


def _allowed(line: str) -> str:
    """A line that the linter lets be: an address or a pattern that cannot be divided. Of one word it does anyway."""
    return line if _width(line) <= LINE or " " not in line.strip() else f"{line}  # noqa: E501"


def _width(line: str) -> int:
    """Columns, as the linter counts them."""
    return sum(1 + (east_asian_width(c) in "WF") for c in line)


def _filled(parts: list[str], guesses: Mapping[str, str], indent: str) -> Iterator[str]:
    """Parts on as few lines as hold them, the guesses among them named first."""
    given = {part.partition("=")[0] for part in parts}
    guessed = [(name, why) for name, why in guesses.items() if why and name in given]
    said = "; ".join(why if name == "name" else f"{name}: {why}" for name, why in guessed)
    if said:
        yield f"{indent}# guess: {said}"
    line = ""
    for part in parts:
        if line and _width(f"{indent}{line} {part}") > LINE:
            yield _allowed(indent + line)
            line = ""
        line = f"{line} {part}".strip()
    yield _allowed(indent + line)


def _given(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields that differ from their default."""
    for field in fields(value):
        given = getattr(value, field.name)
        if field.default is MISSING or given != field.default:
            yield field.name, given


def _shown(value: Any, constants: Mapping[Layout, str]) -> str:
    """A value as Python has it; nothing in a page's words can end a string."""
    if isinstance(value, Layout):
        return constants[value]
    if isinstance(value, re.Pattern):
        return f"re.compile({_raw(value.pattern)})"
    if isinstance(value, frozenset):
        return f"frozenset({{{', '.join(map(_string, sorted(value)))}}})"
    if isinstance(value, tuple):
        return f"({', '.join(_shown(one, constants) for one in value)}{',' if len(value) == 1 else ''})"
    return _string(value) if isinstance(value, str) else repr(value)


def _string(text: str) -> str:
    """A literal in double quotes, or in single ones where it has both."""
    return repr(text) if '"' in text else '"' + repr("'" + text)[2:]


def _raw(pattern: str) -> str:
    """A pattern as a raw literal, or as a plain one where a raw one cannot hold it."""
    plainly = '"' in pattern or pattern.endswith("\\") or not pattern.isprintable()
    return _string(pattern) if plainly else f'r"{pattern}"'


def docs_page(proposal: Proposal) -> str:
    """The page on the hall: each part, what it matched, and whether it is a guess."""
    name = proposal.site.name
    rows = [
        f"| {one.what} | {_code(one.value)} | {_cell(one.matches)} | {_known(one)} |"
        for one in proposal.told
        if one.value
    ]
    notes = [f"\nNote: {_cell(one.matches)}.\n" for one in proposal.told if one.what == NOTE]
    return (
        f"# {name}: {_cell(proposal.title) or 'a new hall'}\n\n`crawler/spiders/{name}.py`."
        f" Proposed by `scrapy newhall` from {_cell(proposal.site.listing.url)}; correct what is wrong in both.\n\n"
        "| part | proposed | it matched | how it is known |\n| --- | --- | --- | --- |\n" + "\n".join([*rows, ""])
    ) + "".join(notes)


def _known(one: Told) -> str:
    return f"guess: {one.guess}" if one.guess else "seen"


def _cell(text: str) -> str:
    """A page's words as they are, none of them markup."""
    return MARKUP.sub(r"\\\g<0>", visible(text)).replace("<", "&lt;").strip()


def _code(text: str) -> str:
    """A selector or a pattern as code in a table's cell: between more backticks than it has in a row."""
    shown = visible(text).replace("|", r"\|")
    fence = "`" * (1 + max(map(len, BACKTICKS.findall(shown)), default=0))
    gap = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{gap}{shown}{gap}{fence}"


def fixture(page: Page, site: Site) -> dict[str, bytes]:
    """The files of a saved page: the bytes as received, what the server said, and a record that nobody has read yet."""
    headers = {"url": page.url, "status": page.status, "content-type": page.content_type}
    expected = {UNREAD: UNREAD_NOTE, **expected_of(page_to_record(page, site))}
    return {"page.html": page.body, "headers.json": _json(headers), "expected.json": _json(expected)}


def expected_of(record: Transcript) -> dict[str, Any]:
    """A record as `expected.json` has it: without what hangs on the run; of what is cut, what it was."""
    kept = {key: value for key, value in record.model_dump(mode="json", by_alias=True).items() if key not in RUN}
    return {**kept, "cleaning": [{"before": change["before"]} for change in kept["cleaning"]]}


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
