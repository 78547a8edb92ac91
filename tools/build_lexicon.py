"""Build crawler/text/restore/lexicon.zip from jieba, OpenCC and pypinyin.

    python -m venv /tmp/lexicon && /tmp/lexicon/bin/pip install -r tools/requirements-lexicon.txt
    /tmp/lexicon/bin/python tools/build_lexicon.py

The same packages give the same file, byte for byte.
"""

import math
import sys
import zipfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

TARGET = Path(__file__).parents[1] / "crawler" / "text" / "restore" / "lexicon.zip"
WORDS = 110_000
LONGEST = 7
PAIRS = 100_000
COMMON = 400
STEP = 0.1  # nats in one unit of a stored score
EDGE = "^"
# How readily a clause ends after a part of speech, against the average; jieba's transitions do not tell.
ENDS = {
    "n": 1.5, "ns": 1.2, "nt": 1.5, "nr": 1.0, "nrt": 1.0, "nz": 1.2, "vn": 1.5, "v": 0.9, "a": 0.6,
    "d": 0.05, "p": 0.02, "c": 0.05, "uj": 0.15, "uv": 0.02, "ud": 0.02, "ul": 0.8, "ug": 0.3, "uz": 0.1,
    "r": 0.3, "m": 0.4, "q": 0.9, "f": 1.3, "y": 4.0, "zg": 0.5, "t": 0.8, "s": 1.2, "i": 2.0,
    "l": 1.5, "j": 0.8, "b": 0.1, "h": 0.02, "k": 1.5, "an": 1.5, "ng": 1.2, "vg": 0.6, "ag": 0.4,
    "tg": 0.5, "g": 0.4, "z": 1.0, "e": 1.5, "o": 0.5, "x": 0.4, "df": 0.1, "ad": 0.1,
}  # fmt: skip
EPOCH = (1980, 1, 1, 0, 0, 0)


def package(name: str) -> Path:
    """The folder of an installed package, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        sys.exit(f"{name} is missing: pip install -r tools/requirements-lexicon.txt")
    return Path(spec.origin).parent


def is_han(text: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in text)


def in_gbk(char: str) -> bool:
    """Whether the two-byte part of the code page has this character."""
    return len(char.encode("gb18030", "ignore")) == 2


def quantise(logs: list[float]) -> bytes:
    return bytes(min(255, round(-value / STEP)) for value in logs)


def word_counts() -> tuple[Counter[str], dict[str, str]]:
    """How often each word was seen, and its part of speech."""
    counts: Counter[str] = Counter()
    tags = {}
    for line in (package("jieba") / "dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        if is_han(word) and int(count):
            counts[word] += int(count)
            tags[word] = tag
    return counts, tags


def mapping(name: str) -> dict[str, list[str]]:
    lines = (package("opencc") / "dictionary" / name).read_text("utf-8").splitlines()
    return {left: right.split(" ") for left, right in (line.split("\t") for line in lines)}


def characters() -> tuple[str, str]:
    """Traditional-only characters with what is known of each; characters of Simplified text alone, and mostly."""
    from pypinyin.pinyin_dict import pinyin_dict

    to_traditional, to_simplified = mapping("STCharacters.txt"), mapping("TSCharacters.txt")
    rows = []
    for char, simplified in sorted(to_simplified.items()):
        if len(char) > 1 or char == simplified[0] or not in_gbk(char):
            continue
        forms = to_traditional.get(simplified[0], [])
        # 9 where the Simplified character is usual in Traditional text too.
        rank = 9 if forms and forms[0] == simplified[0] else min(forms.index(char), 8) if char in forms else 8
        readings = plain(pinyin_dict.get(ord(char), ""))
        rows.append(f"{char}{simplified[0]}{rank}{readings}")
    only = sorted(c for c, forms in to_traditional.items() if len(c) == 1 and c not in forms and in_gbk(c))
    mostly = sorted(c for c, forms in to_traditional.items() if c in forms[1:] and in_gbk(c))
    return "\n".join(rows), "".join(only) + "\n" + "".join(mostly)


def ordinary_readings(traditional: str, counts: Counter[str]) -> str:
    """Readings of the characters that are not Traditional-only, as far as words use them."""
    from pypinyin.pinyin_dict import pinyin_dict

    skipped = {row[0] for row in traditional.splitlines()}
    chars = sorted({char for word in counts for char in word} - skipped)
    rows = [(char, pinyin_dict.get(ord(char), "")) for char in chars if in_gbk(char)]
    return "\n".join(char + plain(readings) for char, readings in rows if readings)


def plain(readings: str) -> str:
    """Latin letters, where the source writes the phonetic alphabet's."""
    return readings.replace("\u0261", "g").replace("\u0251", "a")


def commonest(traditional: str, counts: Counter[str]) -> str:
    """Traditional-only characters of the words everybody uses; nobody glosses these."""
    seen: Counter[str] = Counter()
    for word, count in counts.items():
        for char in word:
            seen[char] += count
    rows = [row for row in traditional.splitlines() if row[2] == "0"]
    return "".join(row[0] for row in sorted(rows, key=lambda row: (-seen[row[1]], row))[:COMMON])


def unigrams(counts: Counter[str], tags: dict[str, str], order: list[str]) -> tuple[str, bytes, bytes]:
    """Words by code point, with -log P and the part of speech of each."""
    total = sum(counts.values())
    kept = sorted(word for word, _ in counts.most_common() if len(word) <= LONGEST)
    kept = sorted(sorted(kept, key=lambda word: (-counts[word], word))[:WORDS])
    parts = bytes(order.index(tags[word]) for word in kept)
    return "\n".join(kept), quantise([math.log(counts[word] / total) for word in kept]), parts


def parts_of_speech(counts: Counter[str], tags: dict[str, str]) -> tuple[list[str], bytes]:
    """How much likelier a part of speech is after another than anywhere: 100 + log ratio, in steps.

    The first of both is the edge of a clause. jieba's transitions are between the positions of characters in
    words (begin, middle, end, single); those from the end of a word to the start of the next are added up.
    """
    from jieba.posseg.prob_start import P as starts
    from jieba.posseg.prob_trans import P as steps

    mass: Counter[tuple[str, str]] = Counter()
    for word, count in counts.items():
        mass["E" if len(word) > 1 else "S", tags[word]] += count
    names = sorted(set(tags.values()))
    rows = {
        left: [math.exp(starts.get(("B", t), -99)) + math.exp(starts.get(("S", t), -99)) for t in names]
        for left in [EDGE]
    }
    for left in names:
        rows[left] = [0.0] * len(names)
        for place in "ES":
            share = mass[place, left] / (mass["E", left] + mass["S", left])
            for (start, right), score in steps.get((place, left), {}).items():
                if start in "BS" and right in names:
                    rows[left][names.index(right)] += share * math.exp(score)
    weights = [mass["E", left] + mass["S", left] for left in names]
    usual = [sum(w * rows[left][i] for left, w in zip(names, weights)) / sum(weights) + 1e-6 for i in range(len(names))]
    table = bytearray()
    for left in [EDGE, *names]:
        ratios = [0.0 if left == EDGE else ENDS.get(left, 0.6), *(p / u for p, u in zip(rows[left], usual))]
        table += bytes(round(100 + math.log(0.1 + 0.9 * ratio) / STEP) for ratio in ratios)
    return [EDGE, *names], bytes(table)


def character_model(counts: Counter[str]) -> dict[str, str | bytes]:
    """How often a character occurs, ends a word, starts one, and is followed by another inside one."""
    seen: Counter[str] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    final: Counter[str] = Counter()
    for word, count in counts.items():
        first[word[0]] += count
        last[word[-1]] += count
        final[word[-2:]] += count
        for left, right in zip(word, word[1:] + " "):
            seen[left] += count
            if right != " ":
                pairs[left + right] += count
    chars, words, tokens = sorted(seen), sum(counts.values()), sum(seen.values())
    kept = sorted(sorted(pairs, key=lambda pair: (-pairs[pair], pair))[:PAIRS])
    return {
        "chars.txt": "".join(chars),
        "chars.seen": quantise([math.log(seen[c] / tokens) for c in chars]),
        "chars.first": quantise([math.log((first[c] + 0.01) / words) for c in chars]),
        "chars.last": quantise([math.log((last[c] + 0.01) / seen[c]) for c in chars]),
        "pairs.txt": grouped(kept),
        "pairs.inside": quantise([math.log(pairs[pair] / seen[pair[0]]) for pair in kept]),
        "pairs.last": bytes(round(15 * final[pair] / pairs[pair]) for pair in kept),
    }


def grouped(pairs: list[str]) -> str:
    """Sorted pairs as one line for each first character."""
    lines: dict[str, str] = {}
    for left, right in pairs:
        lines[left] = lines.get(left, left) + right
    return "\n".join(lines.values())


def main() -> None:
    counts, tags = word_counts()
    traditional, simplified = characters()
    order, table = parts_of_speech(counts, tags)
    words, scores, parts = unigrams(counts, tags, order)
    members: dict[str, str | bytes] = {
        "traditional.txt": traditional,
        "simplified.txt": simplified,
        "common.txt": commonest(traditional, counts),
        "readings.txt": ordinary_readings(traditional, counts),
        "words.txt": words,
        "words.score": scores,
        "words.part": parts,
        "parts.step": table,
        **character_model(counts),
    }
    with zipfile.ZipFile(TARGET, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
            print(f"{name:16} {archive.getinfo(name).compress_size:>8}")
    print(f"{TARGET.name:16} {TARGET.stat().st_size:>8}")


if __name__ == "__main__":
    main()
