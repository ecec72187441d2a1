"""Times and plausibility of X ids."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verify.postid import is_plausible, x_time

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_an_id_tells_its_time_to_the_millisecond() -> None:
    made = x_time(1198906836562272256)
    assert made == datetime(2019, 11, 25, 10, 10, 39, 105000, tzinfo=UTC)
    assert x_time("1198906836562272256") == made


@pytest.mark.parametrize("post_id", ["20", 1234567890, "29700859246", "", "abc", "-5", "٣٤٥"])
def test_old_running_numbers_and_what_is_no_id_tell_no_time(post_id: str | int) -> None:
    assert x_time(post_id) is None


def test_an_id_of_the_past_is_plausible_and_one_of_the_future_is_not() -> None:
    assert is_plausible("1198906836562272256", NOW)
    assert not is_plausible("1198906836562272256", datetime(2019, 11, 25, 9, tzinfo=UTC))


@pytest.mark.parametrize("post_id", ["", "abc", "7", "99999999999999999999"])
def test_what_is_no_id_is_not_plausible(post_id: str) -> None:
    assert not is_plausible(post_id, NOW)


def test_an_old_running_number_is_plausible() -> None:
    assert is_plausible("1234567890", NOW)
