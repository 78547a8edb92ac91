"""Build crawler/text/data/folds.txt: which characters are one and the same across Han scripts.

    python -m venv /tmp/folds && /tmp/folds/bin/pip install -r tools/requirements-folds.txt
    /tmp/folds/bin/python tools/build_folds.py

Source: OpenCC's character tables (Apache-2.0), all candidates of each. A line is one class, the Simplified form first.
Word-level rules (乾隆 / 干隆) are not needed: within a class any two characters fold to the same one, so that a
page and its converted copy fold alike whatever the converter chose. A second section lists the characters that
tell a script: `T` Traditional only, `S` Simplified only.
"""

from collections import defaultdict
from pathlib import Path

import opencc

TABLES = ("STCharacters", "TSCharacters", "TWVariants", "HKVariants")
# Missing from the tables, seen on people.com.cn's BIG5 pages.
EXTRA = (
    ("并", "幷"),
    ("抬", "擡"),
    ("只", "祇"),
    ("着", "著"),
    ("台", "臺"),
    ("峰", "峯"),
    ("群", "羣"),
    ("证", "証"),
    ("于", "於"),
)
OUTPUT = Path(__file__).parent.parent / "crawler/text/data/folds.txt"


def read(name: str) -> dict[str, list[str]]:
    """One table: character -> candidates."""
    path = Path(opencc.__file__).parent / "dictionary" / f"{name}.txt"
    rows = (line.rstrip("\n").split("\t") for line in path.open(encoding="utf8") if "\t" in line)
    return {key: values.split() for key, values in rows if len(key) == 1}


def classes(pairs: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Union-find over pairs of equal characters."""
    parent: dict[str, str] = {}

    def root(c: str) -> str:
        while parent.setdefault(c, c) != c:
            c = parent[c]
        return c

    for a, b in pairs:
        parent[root(b)] = root(a)
    groups: dict[str, set[str]] = defaultdict(set)
    for c in parent:
        groups[root(c)].add(c)
    return groups


def main() -> None:
    tables = {name: read(name) for name in TABLES}
    pairs = [(k, v) for table in tables.values() for k, values in table.items() for v in values if len(v) == 1]
    simplified, traditional = tables["STCharacters"], tables["TSCharacters"]
    lines = []
    for group in classes(pairs + list(EXTRA)).values():
        if len(group) > 1:
            first = min(group, key=lambda c: (c not in simplified, c in traditional, ord(c)))
            lines.append(first + "".join(sorted(group - {first})))
    only_t = "".join(sorted(k for k, v in traditional.items() if k not in v and k not in simplified))
    only_s = "".join(sorted(k for k, v in simplified.items() if k not in v and k not in traditional))
    OUTPUT.write_text("\n".join([*sorted(lines), "T " + only_t, "S " + only_s]) + "\n", encoding="utf8")
    print(
        len(lines), "classes,", len(only_t), "Traditional only,", len(only_s), "Simplified only,", OUTPUT.stat().st_size
    )


if __name__ == "__main__":
    main()
