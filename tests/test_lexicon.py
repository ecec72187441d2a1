"""The lexicon of cues: its size, its form, its columns."""

from __future__ import annotations

from collections import Counter

from verify.claims import lexicon

KINDS = {
    "report", "deny", "no-comment", "hedge", "accuse",
    "question", "promise", "opinion", "demand", "doubt",
}  # fmt: skip


def test_the_lexicon_holds_at_least_four_hundred_cues_of_every_kind() -> None:
    assert len(lexicon.entries()) >= 1900
    assert {cue.kind for cue in lexicon.entries()} == KINDS


def test_no_cue_stands_twice_for_one_part_of_speech() -> None:
    twice = [k for k, n in Counter((c.text, c.part) for c in lexicon.entries()).items() if n > 1]
    assert twice == []


def test_denials_and_doubts_are_negative_and_nothing_else_is() -> None:
    for cue in lexicon.entries():
        assert (cue.polarity == "-") == (cue.kind in {"deny", "doubt"}), cue


def test_contractions_part_into_verb_and_negation() -> None:
    words = [t.word for t in lexicon.tokens_of("It didn’t, can't and cannot; won't")]
    assert words == ["it", "did", "not", ",", "ca", "not", "and", "can", "not", ";", "wo", "not"]


def test_a_gap_ends_at_the_end_of_a_sentence() -> None:
    text = "They accused him. Of course he left."
    found = list(lexicon.hits(text, lexicon.tokens_of(text), strict=True))
    assert [hit.pattern.cue.text for hit in found] == ["accuse"]
