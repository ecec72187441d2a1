"""Rival explanations stand together; what does not explain the same event has none."""

from __future__ import annotations

from checking import claims_of


def rivals(text: str) -> dict[str, tuple[str, ...]]:
    return {c.id: c.rivals for c in claims_of(text)}


def test_two_explanations_in_one_sentence_are_rivals_of_each_other() -> None:
    text = "Some said the blast was an attack, while others said it may have been a gas leak."
    assert rivals(text) == {"c1": ("c2",), "c2": ("c1",)}


def test_two_sources_on_one_unclear_cause_are_rivals() -> None:
    text = (
        "The cause of the blast was unclear. Police said a boiler exploded. The owner said a bomb "
        "was planted."
    )
    assert rivals(text) == {"c1": (), "c2": ("c3",), "c3": ("c2",)}


def test_two_events_of_one_source_are_no_rivals() -> None:
    text = "Police said two men were shot and that a third was arrested."
    assert set(rivals(text).values()) == {()}


def test_figures_of_two_sources_are_no_explanations() -> None:
    text = "Police said three people were killed. The hospital said five were wounded."
    assert set(rivals(text).values()) == {()}
