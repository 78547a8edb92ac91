"""What the gate turns away, and what it lets in."""

import pytest

from benchmarks.restore import GLOSSES, clean, glossed
from benchmarks.restore_prose import TEXTS
from crawler.text.restore import evidence, lexicon, restore, restore_text

from .pages import CLEAN, OPENED, page


def test_every_occurrence_annotated_opens_it():
    assert restore_text(OPENED).lines == (CLEAN,)


def test_one_occurrence_in_three_without_annotation_keeps_it_shut():
    assert restore_text(OPENED + "會議會議會議開開開").changes == ()


def test_two_readings_of_one_character_keep_it_shut():
    text = OPENED + "會(kuài)計，會(kuài)計，會(kuài)計"
    assert restore_text(text).lines == (text,)


def test_annotations_of_ordinary_characters_keep_it_shut():
    text = OPENED + "人(rén)大(dà)人(rén)"
    assert restore_text(text).lines == (text,)


def test_few_annotations_count_only_with_other_evidence():
    text = "發(fā)布會(huì)，發(fā)言"
    assert restore_text(text).changes == ()
    assert restore_text(text, mirror=True).lines == ("發布會，發言",)


def test_rare_characters_are_glosses_even_there():
    text = "鱟(hòu)與鸑(yuè)，鱟(hòu)"
    assert restore_text(text, mirror=True).lines == (text,)


@pytest.mark.parametrize("kind", GLOSSES)
@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:5])
def test_genuine_glosses_stay(kind: str, text: str):
    if kind == "every character":
        text = text.translate(lexicon.characters().table)
    shown = glossed(text, GLOSSES[kind])
    assert restore_text(shown).lines == tuple(shown.split("\n"))


def test_clean_text_is_never_changed():
    for name, text in clean(TEXTS):
        for mirror in (False, True):
            restored = restore_text(text, mirror=mirror and "glossed" not in name, drop=True)
            assert (restored.lines, restored.unresolved) == (tuple(text.split("\n")), 0), name


def test_words_are_loaded_only_for_a_page_that_passed():
    lexicon.words.cache_clear()
    for _, text in clean(TEXTS[:1]):
        restore_text(text)
    assert lexicon.words.cache_info().currsize == 0
    restore(page().text.split("\n"))
    assert lexicon.words.cache_info().currsize == 1


def test_characters_are_not_loaded_for_a_clean_page():
    lexicon.characters.cache_clear()
    restore_text("\n".join(TEXTS))
    assert lexicon.characters.cache_info().currsize == 0


def test_evidence_counts():
    found = evidence.weigh("會(huì)會(huì)會人(rén)")
    assert (found.annotated, found.occurrences, found.foreign, found.agreeing) == (2, 3, 1, 2)
