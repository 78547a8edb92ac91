"""Build crawler/text/data/words.txt.gz: common words that begin like a name and are none (安全, 方案, 商务部).

    python -m venv /tmp/words && /tmp/words/bin/pip install -r tools/requirements-words.txt
    /tmp/words/bin/python tools/build_words.py

Source: jieba's dictionary (MIT): words of two to four characters that begin with a family name, seen 20 times and more,
and not marked as a person's name there. Simplified; labels are folded before they are looked up.
"""

import ast
import gzip
import re
from pathlib import Path

import jieba

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / "crawler/text/data/words.txt.gz"
LEAST = 20
HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")


def surnames() -> set[str]:
    """The family names as the crawler has them, read from its source: the crawler itself is not installed here."""
    source = ast.parse((ROOT / "crawler/text/names.py").read_text("utf8"))
    for node in source.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "SURNAMES":
            return set(ast.literal_eval(node.value.args[0]))  # type: ignore[attr-defined]
    raise SystemExit("SURNAMES is not in crawler/text/names.py")


def main() -> None:
    first = surnames()
    rows = (line.split() for line in jieba.get_dict_file().read().decode("utf8").splitlines())
    words = sorted(
        word
        for word, count, tag in rows
        if HAN.fullmatch(word) and word[0] in first and int(count) >= LEAST and not tag.startswith("nr")
    )
    OUTPUT.write_bytes(gzip.compress("\n".join(words).encode("utf8"), mtime=0))
    print(len(words), "words,", OUTPUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
