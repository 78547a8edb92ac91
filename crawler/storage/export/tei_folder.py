"""A TEI corpus as a folder: a document for each transcript, and a root that includes them.

Each is checked against `tei.rng` before it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from crawler.items import Transcript
from crawler.storage.export.tei import document_id, tei_document
from crawler.storage.export.tei_corpus import Corpus
from crawler.storage.export.xml_tree import Tree
from crawler.storage.whole import whole

ROOT = "corpus"


class InvalidTei(ValueError):
    """A document that is no TEI of ours: a fault of this program; the message is one line."""


class Written(NamedTuple):
    """What is in the folder, and how many characters XML cannot hold."""

    documents: int
    speeches: int
    replaced: int


def write_tei(records: Iterable[Transcript], folder: Path, *, all_versions: bool = False) -> Written:
    """Write a corpus; `corpus.xml` is its root. Raises `InvalidTei`, `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus()
    replaced = 0
    for record in records:
        name = document_id(record, all_versions=all_versions)
        document = tei_document(record, name)
        _write(document, folder / f"{name}.xml")
        replaced += document.replaced
        corpus.add(record, document, f"{name}.xml")
    if corpus.files:
        root = corpus.tree(ROOT)
        _write(root, folder / f"{ROOT}.xml")
        replaced += root.replaced
    return Written(len(corpus.files), corpus.tags["u"], replaced)


def _write(document: Tree, path: Path) -> None:
    text = document.as_bytes()
    grammar = schema()
    if not grammar.validate(document.root):
        raise InvalidTei(f"{path.name}: {' '.join(str(grammar.error_log[0]).split())}")
    with whole(path) as part:
        part.write_bytes(text)


@cache
def schema() -> etree.RelaxNG:
    """The grammar of the documents."""
    return etree.RelaxNG(etree.fromstring((files(__package__) / "tei.rng").read_bytes()))
