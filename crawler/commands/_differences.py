"""The report of `scrapy reparse --diff`: what each record has otherwise than before, then how often by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic_core import from_json
from rich.text import Text

from crawler.show import printable
from crawler.storage.jsonl import read_at, read_lines
from crawler.text.differences import Difference, differences

MOST_SHOWN = 8


def report(old: Path, new: Path) -> Iterator[Text]:
    """The report's lines. Records go by id and version. Raises `ValueError` for a line that is no record."""
    places = {_key(old, values): offset for offset, values in read_lines(old)}
    fields, counts = Counter[str](), Counter[str]()
    for _, values in read_lines(new):
        key = _key(new, values)
        offset = places.pop(key, None)
        if offset is None:
            counts["new"] += 1
            yield Text(f"+ {_name(key)}  {_title(values)}", style="green")
            continue
        found = differences(from_json(read_at(old, offset)), values)
        counts["changed" if found else "same"] += 1
        fields.update({each.field for each in found})
        yield from _changed(key, found)
    for key, offset in places.items():
        counts["gone"] += 1
        yield Text(f"- {_name(key)}  {_title(from_json(read_at(old, offset)))}", style="red")
    yield from _summary(counts, fields)


def _key(path: Path, values: dict[str, Any]) -> tuple[str, int]:
    try:
        return str(values["id"]), int(values["version"])
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{path}: a line is no record: it has no id and version") from None


def _name(key: tuple[str, int]) -> str:
    return printable(key[0]) + (f" version {key[1]}" if key[1] > 1 else "")


def _title(values: dict[str, Any]) -> str:
    return printable(str(values.get("title", "")))[:60]


def _changed(key: tuple[str, int], found: list[Difference]) -> Iterator[Text]:
    if found:
        yield Text(_name(key), style="bold")
    for each in found[:MOST_SHOWN]:
        line = Text(printable(f"    {each.field}{each.at}  "))
        line.append(f"[-{printable(each.before)}-]", style="red")
        yield line.append(f"{{+{printable(each.after)}+}}", style="green")
    if len(found) > MOST_SHOWN:
        yield Text(f"    … and {len(found) - MOST_SHOWN} more", style="dim")


def _summary(counts: Counter[str], fields: Counter[str]) -> Iterator[Text]:
    told = ", ".join(f"{counts[word]} {word}" for word in ("same", "changed", "new", "gone"))
    yield Text(f"records: {told}", style="bold")
    width = max(map(len, fields), default=0)
    for field, count in sorted(fields.items(), key=lambda item: (-item[1], item[0])):
        yield Text(f"  {field:{width}}  {count}")
