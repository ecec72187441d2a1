"""What the model sees of a text: shapes that tell case, pieces of every word, whole paragraphs."""

from __future__ import annotations

import pytest

from verify.models import encoder, runtime
from verify.models.reader_input import (
    BUDGET,
    LONGEST,
    MAX_PIECES_A_WORD,
    MAX_WORDS,
    Sentence,
    code,
    read_sentences,
    shape,
    windows,
    word_types,
)
from verify.values import Span


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("said", 0),
        ("Syria", 1),
        ("I", 1),
        ("SANA", 2),
        ("McCain", 3),
        ("12", 4),
        (",", 5),
        ("F16", 6),
    ],
)
def test_the_shape_of_a_word_tells_its_case(word: str, expected: int) -> None:
    assert shape(word) == expected


def test_a_word_without_a_blank_before_it_has_a_type_of_its_own() -> None:
    assert word_types(["do", "n't"], [False, True])[1] == word_types(["n't"], [False])[0] + 7


def test_a_window_is_laid_out_with_separators_that_tell_the_end_of_a_paragraph() -> None:
    one = Sentence(((7,), (8, 9)), (3, 4), False)
    two = Sentence(((5,),), (3,), True)
    coded = code([one, two])
    assert coded.ids == [101, 7, 8, 9, 102, 5, 102]
    assert coded.types == [0, 3, 4, 4, 1, 3, 2]
    assert (coded.first, coded.last, coded.sentence) == ([1, 2, 5], [1, 3, 5], [0, 0, 1])


def test_paragraphs_stay_whole_and_no_window_outgrows_the_encoder() -> None:
    tokenizer = runtime.load_tokenizer(encoder.default_folder() / "tokenizer.json")
    short, long = "The army denied it.", "unpronounceableword " * 900
    text = "\n\n".join([short] * 30 + [long] + [short + " " + short])
    spans, start = [], 0
    for part in text.split("\n\n"):
        spans.append(Span(start, start + len(part)))
        start += len(part) + 2
    read = read_sentences(tokenizer, text, spans)
    plan = windows(read)
    assert [n for window in plan for n in window] == list(range(len(read.coded)))
    sizes = [len(code([read.coded[n] for n in window]).ids) for window in plan]
    assert max(sizes) <= max(MAX_WORDS * MAX_PIECES_A_WORD + 2, LONGEST + 1) <= 512
    assert all(size <= BUDGET + 1 for size in sizes[:2])
    assert max(len(words) for words in read.words) == MAX_WORDS
