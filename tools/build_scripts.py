"""Build crawler/browse/data/scripts.txt: a character's form in the other Han script, and the words that differ.

    python -m venv /tmp/folds && /tmp/folds/bin/pip install -r tools/requirements-folds.txt
    /tmp/folds/bin/python tools/build_scripts.py

Source: OpenCC's tables (Apache-2.0), the first candidate of each character, in the forms of Taiwan where it has some.
Every entry is as long as what it stands for, so that a place in a text stays the same place.
"""

from __future__ import annotations

from pathlib import Path

import opencc

OUTPUT = Path(__file__).parent.parent / "crawler/browse/data/scripts.txt"
# Frequent on BIG5 pages and missing from the tables: 著 is 着 but in these words.
AS_WRITTEN = (
    "著名 著作 著称 著述 著者 著书 著录 名著 编著 原著 论著 巨著 显著 卓著 昭著 译著 专著 土著 拙著 遗著 合著".split()
)
# Of several candidates, what such conferences mean.
USUAL = {"签": "簽", "钟": "鐘"}
MORE_SIMPLIFIED = dict(zip("著擡幷祇証裡於峯羣", "着抬并只证里于峰群"))


def read(name: str) -> dict[str, str]:
    """One table: words and their first candidate, where both are equally long."""
    path = Path(opencc.__file__).parent / "dictionary" / f"{name}.txt"
    rows = (line.rstrip("\n").split("\t") for line in path.open(encoding="utf8") if "\t" in line)
    pairs = ((key, values.split()[0]) for key, values in rows)
    return {key: value for key, value in pairs if len(key) == len(value)}


def by_character(word: str, table: dict[str, str]) -> str:
    return "".join(table.get(c, c) for c in word)


def section(name: str, characters: dict[str, str], words: dict[str, str]) -> list[str]:
    """A direction: two rows of characters, then the words of two that are written otherwise."""
    pairs = sorted((k, v) for k, v in characters.items() if k != v and len(k) == 1)
    differ = sorted((k, v) for k, v in words.items() if len(k) == 2 and by_character(k, characters) != v)
    return [name, "".join(k for k, _ in pairs), "".join(v for _, v in pairs), *(f"{k} {v}" for k, v in differ)]


def main() -> None:
    taiwan = read("TWVariants")
    traditional = {k: by_character(v, taiwan) for k, v in read("STCharacters").items()} | USUAL
    phrases = {k: by_character(v, {**taiwan, "佈": "布"}) for k, v in read("STPhrases").items()}
    simplified = read("TSCharacters") | MORE_SIMPLIFIED
    kept = {by_character(word, {"显": "顯", "编": "編", "论": "論", "译": "譯", "专": "專", "遗": "遺", "书": "書",
                                "录": "錄", "称": "稱"}): word for word in AS_WRITTEN}  # fmt: skip
    words = {k: v for k, v in read("TSPhrases").items() if len(k) == 2} | kept | {word: word for word in AS_WRITTEN}
    rows = [*section("hant", traditional, phrases), *section("hans", simplified, words)]
    OUTPUT.write_text("\n".join(rows) + "\n", "utf8")


if __name__ == "__main__":
    main()
