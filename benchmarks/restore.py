"""How well damaged text is restored, and how fast: `python -m benchmarks.restore [--text FOLDER] [--rounds N]`.

Pages are damaged by a forward model of our own (restore_forward) with tables, orders and token sets drawn anew for
each, folded or not. The prose ships with the benchmark (restore_prose), on one page as long as a real one; with
--text, every *.txt of a folder is a page too: clean Traditional text, UTF-8.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.figure import Figure, show
from benchmarks.restore_forward import FOLD, damage
from benchmarks.restore_measure import Tally, measure, readings, table, tokens
from benchmarks.restore_prose import TEXTS
from crawler.text.restore import restore_text, undo_bytes
from crawler.text.restore.lexicon import characters, words

SIZES = (58, 150, 400, 1000)  # characters of a table: as on a sparse page, a dense one, and all of them
PAGE = "\n".join(TEXTS)
KILOBYTES = (10, 100, 1000)
KINDS = ("straddled", "cut", "lost ASCII")
GLOSSES: dict[str, Callable[[random.Random, str, set[str]], bool]] = {
    "every character": lambda chance, char, seen: True,
    "first occurrence": lambda chance, char, seen: char not in seen,
    "one in five": lambda chance, char, seen: chance.random() < 0.2,
}


@dataclass(frozen=True, slots=True)
class Floor:
    """What the shipped prose must reach; a test fails below it."""

    exact: float
    wrong: float
    straddled: float
    error_rate: float


FLOOR = Floor(exact=0.94, wrong=0.015, straddled=0.96, error_rate=0.0006)


def evaluate(texts: Sequence[str], rounds: int) -> dict[int, Tally]:
    """A tally for each size of table."""
    tallies = {}
    for size in SIZES:
        tallies[size] = Tally()
        for number in range(rounds):
            for folded in (False, True):
                tallies[size].merge(measure(texts, size, folded, 100 * size + 2 * number + folded))
    return tallies


def pooled(tallies: dict[int, Tally]) -> Tally:
    total = Tally()
    for tally in tallies.values():
        total.merge(tally)
    return total


def bytes_path(texts: Sequence[str]) -> tuple[int, int]:
    """Pages served as GBK: how many came back byte for byte, of how many damaged."""
    exact = count = 0
    for number, text in enumerate(texts):
        for size in SIZES:
            page = damage(text, table(text, size, number + size), tokens(number), folded=False)
            undone = undo_bytes(page.body)
            count += 1
            exact += undone is not None and undone.body == text.encode("gb18030")
    return exact, count


def glossed(text: str, chosen: Callable[[random.Random, str, set[str]], bool]) -> str:
    """A text with genuine glosses, as a textbook has them."""
    chance, known, seen, out = random.Random(len(text)), readings(), set[str](), list[str]()
    for char in text:
        out.append(f"{char}({known[char]})" if char in known and chosen(chance, char, seen) else char)
        seen.add(char)
    return "".join(out)


def clean(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Text in which nothing may change: Traditional and Simplified, folded and not, glossed."""
    for text in texts:
        for name, written in (("Traditional", text), ("Simplified", text.translate(characters().table))):
            yield name, written
            yield f"{name}, folded", written.translate(FOLD)
        for name in ("first occurrence", "one in five"):
            yield f"glossed: {name}", glossed(text, GLOSSES[name])


def false_changes(texts: Sequence[str]) -> tuple[int, int]:
    """Pages changed, and bytes looked at."""
    changed = size = 0
    for _, text in clean(texts):
        size += len(text.encode())
        changed += bool(restore_text(text, drop=True).changes)
    return changed, size


def seconds(work: Callable[[], object], repeat: int = 3) -> float:
    """CPU seconds, the best of several."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def timings(kilobytes: Sequence[int] = KILOBYTES) -> Iterator[Figure]:
    """CPU milliseconds: the data, a clean page, damaged ones."""
    characters.cache_clear()
    words.cache_clear()
    yield Figure("restore: its data loaded", 1000 * seconds(lambda: (characters(), words()), 1), "CPU ms")
    clean_page = 1000 * seconds(partial(restore_text, PAGE), 20)
    yield Figure(f"restore: a clean page of {len(PAGE.encode()) // 1000} KB", clean_page, "CPU ms")
    page = damage(PAGE, table(PAGE, 58, 1), "！；", folded=True).text
    for size in kilobytes:
        sized = repeated(page, 1000 * size)
        took = 1000 * seconds(partial(restore_text, sized), 1)
        yield Figure(f"restore: a damaged page of {size:,} KB", took, "CPU ms")
        line = sized.replace("\n", "")
        one = 1000 * seconds(partial(restore_text, line), 1)
        yield Figure(f"restore: {size:,} KB in one line", one, "CPU ms", "in lines", took)


def repeated(text: str, size: int) -> str:
    """A text again and again, up to so many bytes."""
    return (text * (size // len(text.encode()) + 1)).encode()[:size].decode(errors="ignore")


def details(tallies: dict[int, Tally]) -> None:
    """Print the outcomes by size of the table and kind of the place."""
    print(f"{'table':>9} {'kind':<11} {'sites':>6} {'exact':>7} {'left':>7} {'wrong':>7}")
    for name, tally in [*((str(size), tally) for size, tally in tallies.items()), ("all", pooled(tallies))]:
        for kind in (*KINDS, None):
            if tally.sites(kind):
                shares = "".join(f" {tally.share(outcome, kind):7.2%}" for outcome in ("exact", "left", "wrong"))
                print(f"{name:>9} {kind or 'all':<11} {tally.sites(kind):>6}{shares}")


def quality(tally: Tally, texts: Sequence[str]) -> Iterator[Figure]:
    """What is not restored, or wrongly: places, characters, pages."""
    inexact, straddled = (100 - 100 * tally.share("exact", kind) for kind in (None, "straddled"))
    wrong, errors = 100 * tally.share("wrong"), 100 * tally.rate(tally.errors_restored)
    stripped = 100 * tally.rate(tally.errors_stripped)
    exact, pages = bytes_path(texts)
    changed, size = false_changes(texts)
    yield Figure(f"restore: not exact of {tally.sites():,} damaged places", inexact, "%", most=100 - 100 * FLOOR.exact)
    yield Figure("restore: not exact where no byte is lost", straddled, "%", most=100 - 100 * FLOOR.straddled)
    yield Figure("restore: wrong, of all places", wrong, "%", most=100 * FLOOR.wrong)
    most, peer = 100 * FLOOR.error_rate, "readings stripped"
    yield Figure("restore: wrong characters", errors, "%", peer, stripped, most=most)
    yield Figure("restore: wrong characters outside of damaged places", tally.outside, most=0)
    yield Figure(f"restore: not exact of {pages} damaged pages in GBK", pages - exact, most=0)
    yield Figure(f"restore: clean pages changed, of {size:,} bytes", changed, most=0)


def figures(rounds: int, kilobytes: Sequence[int] = KILOBYTES, texts: int = len(TEXTS)) -> Iterator[Figure]:
    """How well, and how fast."""
    yield from quality(pooled(evaluate([PAGE], rounds)), TEXTS[:texts])
    yield from timings(kilobytes)


def main() -> None:
    """Measure and print: details, then figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--text", type=Path, help="a folder of clean Traditional text to use too")
    parser.add_argument("--rounds", type=int, default=6, help="tables and token sets for each text and size")
    parser.add_argument("--examples", type=int, default=0, help="show so many places that are not exact")
    options = parser.parse_args()
    own = [path.read_text("utf-8") for path in sorted(options.text.glob("*.txt"))] if options.text else []
    tallies = evaluate([PAGE, *own], options.rounds)
    details(tallies)
    show([*quality(pooled(tallies), [*TEXTS, *own]), *timings()])
    print(*pooled(tallies).examples[: options.examples], sep="\n")


if __name__ == "__main__":
    main()
