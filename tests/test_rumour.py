"""Posts are ranked with denials ahead, and a rumour gets the label that its posts bear out."""

from __future__ import annotations

import pytest

from verify import rumour
from verify.rumour import Post


@pytest.mark.parametrize(
    "text",
    [
        "The Army Command denies the validity of the information",
        "There is no truth to what was circulated about the news",
        "This is fabricated news",
        "The rumor is false and baseless",
    ],
)
def test_official_denials_are_known_by_their_wording(text: str) -> None:
    assert rumour.is_denial(text)


def test_plain_announcements_are_no_denials() -> None:
    assert not rumour.is_denial("The Kingdom supports the fund with $50 million")


def test_a_denial_goes_ahead_of_a_post_slightly_more_alike() -> None:
    texts = ["We opened a school", "The ministry denies it", "Good morning"]
    assert rumour.rank(texts, [0.52, 0.5, 0.1]) == [1, 0, 2]
    assert rumour.rank(texts, [0.62, 0.5, 0.1]) == [0, 1, 2]
    assert rumour.rank([], []) == []


def test_features_are_the_greatest_of_each() -> None:
    posts = [
        Post("It was opened today", 0.8, (0.7, 0.1, 0.2)),
        Post("We deny the rumour", 0.6, (0.1, 0.5, 0.4)),
    ]
    assert rumour.features(posts) == (0.7, 0.5, 0.6, 0.8)
    assert rumour.features([]) == (0.0, 0.0, 0.0, 0.0)


def test_support_denial_and_silence_get_their_labels() -> None:
    assert rumour.label_of((0.9, 0.05, 0.0, 0.85)) == "SUPPORTS"
    assert rumour.label_of((0.1, 0.6, 0.7, 0.7)) == "REFUTES"
    assert rumour.label_of((0.02, 0.03, 0.0, 0.3)) == "NOT ENOUGH INFO"
