"""What the word lists miss: a trained model leaves opinions unchecked, and above all no fact."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from checking import about, article, check, tools

from benchmarks.checkable import is_listed, measure
from training.checkable_lines import Line, lines
from verify.claims import second_look
from verify.errors import ModelError
from verify.models.checkability import Checkability, Guess
from verify.values import Claim, Commitment, Kind, Label, Origin, Source, Span, Statement

#: On the test part of training/checkable.tsv; never lower them silently.
RECALL, PRECISION, DROPPED = 0.63, 0.95, 0.027


@cache
def held_back() -> list[Line]:
    return lines("test")


def reason_for(text: str) -> str | None:
    """The reason of the word lists or, where they have none, of the model."""
    if is_listed(text):
        return "listed"
    model = Checkability()
    (guess,) = model([text], tools().encoder.encode([text]))
    return second_look.why_not(text, guess, model)


def test_on_claims_it_was_not_tuned_on_it_finds_most_of_the_rest_and_drops_few_facts() -> None:
    items = held_back()
    found = measure(items, tools().encoder.encode([one.text for one in items]))
    shipped = found["both, as shipped"]
    assert shipped["recall"] >= RECALL
    assert shipped["precision"] >= PRECISION
    assert shipped["dropped"] <= DROPPED
    assert shipped["recall"] > 2 * found["word lists alone"]["recall"]


def test_no_line_of_the_test_part_stands_in_the_training_part() -> None:
    trained = {one.text.casefold() for one in lines("train")}
    assert len(held_back()) == 300
    assert not trained & {one.text.casefold() for one in held_back()}


@pytest.mark.parametrize(
    "text",
    [
        "The looters were savages",
        "The kingdom had been far too patient with them",
        "Northmark had treated the valley like an ashtray",
        "Open gates had once more shown their true price",
        "Those who planted it had lost the right to be called human",
        "Savages burn temples",
        "Total support for our coastguard",
        "Unfit to rule",
        "Something huge is going on here",
        "No airline has suffered like this one",
        "It was one of the darkest evenings of our history",
        "It did not yet know the cause of the smell",
        "Such accidents are tough to come back from",
        "I am excited to be joining a new orchestra",
    ],
)
def test_what_is_no_fact_is_left_unchecked(text: str) -> None:
    assert text not in {one.text for one in lines("train")}
    assert reason_for(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Prof. Adeyo is safe",
        "The noise you heard was a safety valve",
        "Traffic through the canal continues as normal",
        "The car was at a standstill",
        "The clinic is open",
        "The driver was not armed",
        "The passenger was not armed",
        "He was known to the secret service",
        "The levee is sound",
        "It was a controlled explosion",
        "The shooting was in self-defence",
        "Remain at large",
        "The man in the photo is not the attacker",
        "The minister knew about the leak",
        "The crew are alive",
        "There was no bomb",
        "The attack was racially motivated",
        "She was fired for telling the truth",
        "The savage dog was shot by police",
        "A terrible storm destroyed the pier",
    ],
)
def test_a_fact_never_vanishes_as_an_opinion(text: str) -> None:
    assert reason_for(text) is None


class Certain:
    """A model that holds everything to be an opinion, as surely as it is told."""

    name, encoder, sure, very_sure = "certain", "all-MiniLM-L6-v2", 0.9, 0.96

    def __init__(self, unfit: float = 1.0) -> None:
        self.unfit = unfit

    def __call__(self, texts: list[str], vectors: np.ndarray) -> list[Guess]:
        return [Guess("opinion", self.unfit) for _ in texts]


@pytest.mark.parametrize(
    ("text", "unfit", "reason"),
    [
        ("The wall is a monument to fear", 0.95, "an opinion"),
        ("The wall is a monument to fear", 0.9, None),
        ("The raid was a monument to fear", 0.95, None),
        ("The raid was a monument to fear", 0.97, "an opinion"),
        ("The raiders were a monument to fear", 0.95, "an opinion"),
        ("3 walls are a monument to fear", 1.0, None),
        ("Dozens of walls are a monument to fear", 1.0, None),
        ("The brute is on the run", 1.0, None),
    ],
)
def test_figures_are_never_dropped_and_events_only_where_the_model_is_very_sure(
    text: str, unfit: float, reason: str | None
) -> None:
    model = Certain(unfit)
    assert second_look.why_not(text, Guess("opinion", unfit), model) == reason


def claim(ident: str, text: str, **fields: object) -> Claim:
    origin = Origin("sentence", text, 0, len(text), (Span(0, len(text)),))
    made = Claim(ident, text, origin, Source("Army", Kind.MILITARY))
    return replace(made, **fields)  # type: ignore[arg-type]


def said(ident: str, text: str) -> Statement:
    source = Source("Army", Kind.MILITARY)
    return Statement(ident, text, text, source, Commitment.AFFIRMS, "article")


def test_an_unchecked_claims_own_statement_is_no_evidence_and_other_statements_stay() -> None:
    found = [
        claim("c1", "They fought like lions", own_statement="s1", rivals=("c2",)),
        claim("c2", "They lost 3 tanks", own_statement="s2", rivals=("c1",)),
        claim("c3", "Never again", unchecked="an appeal"),
    ]
    spoken = [said("s1", "They fought like lions"), said("s2", "They lost 3 tanks"), said("s3", "")]
    claims, statements = second_look.taken(found, spoken, Certain(), np.zeros((3, 384)))
    assert [c.unchecked for c in claims] == ["an opinion", None, "an appeal"]
    assert [c.own_statement for c in claims] == [None, "s2", None]
    assert [c.rivals for c in claims] == [(), (), ()]
    assert [s.id for s in statements] == ["s2", "s3"]


def test_a_statement_that_a_checkable_claim_owns_too_stays() -> None:
    found = [
        claim("c1", "They fought like lions", own_statement="s1"),
        claim("c2", "They lost 3 tanks", own_statement="s1"),
    ]
    _, statements = second_look.taken(found, [said("s1", "")], Certain(), np.zeros((2, 384)))
    assert [s.id for s in statements] == ["s1"]


def test_without_claims_nothing_is_asked() -> None:
    assert second_look.taken([], [], Checkability(), np.zeros((0, 384))) == ((), ())


def test_an_officials_opinion_is_neither_confirmed_nor_a_statement() -> None:
    report = check(
        article(
            "Police said the looters were worse than wild animals. Police said that the looters "
            "had set fire to a bakery in Lyon."
        )
    )
    assert about(report, "animals").verdict.label is Label.NOT_CHECKED
    assert about(report, "animals").verdict.reason.lower().startswith("an opinion")
    assert about(report, "bakery").verdict.label is not Label.NOT_CHECKED
    assert not any("animals" in one.text for one in report.statements)


class Failing(Certain):
    def __call__(self, texts: list[str], vectors: np.ndarray) -> list[Guess]:
        raise ModelError("no")


class Elsewhere(Certain):
    encoder = "another"


@pytest.mark.parametrize("model", [None, Failing(), Elsewhere()])
def test_without_a_model_for_the_encoder_or_where_it_fails_nothing_changes(
    model: Certain | None,
) -> None:
    given = article("Police said the looters had set fire to a bakery in Lyon.")
    plain = check(given, tools=replace(tools(), checkability=None))
    assert check(given, tools=replace(tools(), checkability=model)) == plain
    assert check(given, tools=replace(tools(), checkability=Certain())) != plain


def test_weights_that_cannot_be_read_are_a_model_error(tmp_path: object) -> None:
    with pytest.raises(ModelError, match="checkability"):
        Checkability(f"{tmp_path}/none.json")
    with pytest.raises(ModelError, match="shape"):
        Checkability()(["a"], np.zeros((1, 64)))


def test_a_score_is_the_same_alone_and_in_any_batch() -> None:
    texts = [one.text for one in held_back()[:40]]
    vectors = tools().encoder.encode(texts)
    model = Checkability()
    together = [guess.unfit for guess in model(texts, vectors)]
    alone = [model([t], v[None])[0].unfit for t, v in zip(texts, vectors, strict=True)]
    assert alone == pytest.approx(together, abs=1e-4)


def test_the_shipped_tools_hold_the_model() -> None:
    assert tools().checkability is not None
    assert tools().checkability.encoder == tools().encoder.name
