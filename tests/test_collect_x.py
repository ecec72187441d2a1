"""Collecting from X against a loopback server that pages, limits, fails, cuts, hangs and lies."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from collecting_x import NOW, WANTED, Watch, idf, run, texts, tools
from loopback import Loopback, Reply
from x_server import START, XServer, posts, too_many, user

from verify.archive import Archive
from verify.collect import x
from verify.state import State
from verify.values import Kind


def test_every_post_of_several_pages_is_in_the_archive_once(tmp_path: Path):
    outcome = run(tmp_path, idf(230))
    assert (outcome.read, outcome.new) == (230, 230)
    found = texts(tmp_path)
    assert len(found) == len(set(found)) == 230
    assert found[0] == "Statement 229: sirens sounded & 229 rockets were fired."


def test_a_statement_has_its_source_time_and_address(tmp_path: Path):
    answer = idf(1)
    run(tmp_path, answer)
    with Archive.open(tmp_path / "archive.db", readonly=True) as archive:
        (statement,) = archive.all()
    assert statement.source.name == "Israel Defense Forces"
    assert statement.source.kind is Kind.MILITARY
    assert statement.published_at == START
    assert statement.url == f"https://twitter.com/IDF/status/{answer.posts[0]['id']}"
    assert statement.relayed_by is None


def test_a_second_run_reads_only_what_is_new(tmp_path: Path):
    run(tmp_path, idf(150))
    later = idf(170)
    outcome = run(tmp_path, later)
    assert (outcome.read, outcome.new) == (20, 20)
    assert len(later.served) == 20


def test_an_earlier_since_reads_only_what_is_older(tmp_path: Path):
    answer = idf(300)
    run(tmp_path, answer, x.Wanted(START + timedelta(minutes=10 * 200)))
    assert len(texts(tmp_path)) == 100
    answer.served.clear()
    run(tmp_path, answer)
    assert len(answer.served) == 200
    assert len(texts(tmp_path)) == 300


def test_no_more_is_read_than_was_wanted_and_the_next_run_goes_on(tmp_path: Path):
    answer = idf(250)
    outcome = run(tmp_path, answer, x.Wanted(START, most=120))
    assert outcome.read == 120
    assert "run again for the rest" in outcome.notes[0]
    answer.served.clear()
    assert run(tmp_path, answer).read == 130
    assert len(answer.served) == 130
    assert len(texts(tmp_path)) == 250


def test_rate_limits_are_waited_out_and_told(tmp_path: Path):
    watch = Watch()

    def limited() -> Reply:
        return Reply(429, {"title": "Too Many Requests"}, {"x-rate-limit-reset": f"{NOW + 600}"})

    answer = idf(300, faults={2: lambda: too_many(None), 4: limited})
    assert run(tmp_path, answer, watch=watch).new == 300
    assert sum(watch.slept) == pytest.approx(900, abs=1)  # the second limit has run out meanwhile
    assert watch.said[2].startswith("X allows no more requests for now: 14 min 30 s left")


@pytest.mark.parametrize("reset", ["soon", "-1", "99999999999999", "", "nan"])
def test_a_reset_header_that_lies_makes_no_endless_wait(tmp_path: Path, reset: str):
    watch = Watch()
    limited = Reply(429, ["not", "an", "object"], {"x-rate-limit-reset": reset})
    assert run(tmp_path, idf(50, faults={1: lambda: limited}), watch=watch).new == 50
    assert 1 <= sum(watch.slept) <= 15 * 60


def test_endless_rate_limits_end_in_one_clear_line(tmp_path: Path):
    answer = idf(50, faults=dict.fromkeys(range(1, 100), lambda: too_many(None)))
    assert re.search(
        "X allows no more requests even after waiting", run(tmp_path, answer).failure or ""
    )
    assert answer.asked == 5


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("503", Reply(503, "<html>over capacity</html>")),
        ("500 with an empty body", Reply(500)),
        ("cut", Reply(200, {"data": posts(40), "meta": {}}, cut=True)),
        ("no JSON", Reply(200, "<html>maintenance</html>")),
        ("half of a JSON", Reply(200, '{"data": [')),
        ("nested too deep", Reply(200, "[" * 100_000)),
        ("hanging", Reply(200, {}, hang=0.6)),
    ],
)
def test_a_failure_in_between_is_tried_again(tmp_path: Path, name: str, fault: Reply):
    if name == "hanging":
        fault.body = {"data": []}
    answer = idf(150, faults={2: lambda: fault})
    assert run(tmp_path, answer, timeout=0.3).new == 150
    assert len(answer.served) == 150


def test_a_server_that_stays_broken_is_given_up_and_what_was_read_is_kept(tmp_path: Path):
    answer = idf(300, faults=dict.fromkeys(range(3, 100), lambda: Reply(503)))
    watch = Watch()
    outcome = run(tmp_path, answer, watch=watch)
    assert outcome.failure == "X keeps failing (it answers 503); run again later"
    assert (outcome.read, outcome.new) == (200, 200)
    assert watch.slept == [1, 2, 4, 8, 16]
    assert len(texts(tmp_path)) == 200
    answer.faults.clear()
    answer.served.clear()
    assert run(tmp_path, answer).read == 100
    assert len(answer.served) == 100


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (400, "X did not understand the request"),
        (401, "put a valid bearer token in X_BEARER_TOKEN"),
        (402, "X asks for payment; add credit"),
        (403, "X forbids it to this token; check what its plan allows"),
        (404, "X knows no such account or post"),
        (418, "it answers 418"),
    ],
)
def test_each_refusal_is_one_clear_line(tmp_path: Path, status: int, line: str):
    answer = idf(10, faults={1: lambda: Reply(status, {"detail": "No.", "errors": None})})
    failure = run(tmp_path, answer).failure or ""
    assert line in failure
    assert "\n" not in failure


def test_an_unknown_account_is_a_reason_and_no_error(tmp_path: Path):
    outcome = run(tmp_path, XServer())
    assert outcome.name == "@IDF"
    assert outcome.failure == "Could not find user with usernames: [IDF]."


def test_a_page_that_leads_to_itself_ends(tmp_path: Path):
    page = {"data": posts(5), "meta": {"next_token": "p0"}}
    answer = idf(5, faults=dict.fromkeys(range(1, 50), lambda: Reply(200, page)))
    assert re.search(
        "gives the same page of @IDF again and again", run(tmp_path, answer).failure or ""
    )
    assert answer.asked == 2
    assert len(texts(tmp_path)) == 5


def test_posts_that_were_not_asked_for_are_not_taken(tmp_path: Path):
    stranger = posts(3, author="666", start=START + timedelta(days=90))
    old = posts(2, start=START - timedelta(days=400))
    odd = [{"id": 7, "text": "x"}, {"id": "1e9", "text": "x"}, "x", None, {"text": "no id"}]
    page = {"data": [*stranger, *posts(4), {"id": "12", "text": None}, *odd, *old], "meta": []}
    answer = idf(4, faults={1: lambda: Reply(200, page)})
    assert run(tmp_path, answer).read == 4
    assert sorted(texts(tmp_path))[0].startswith("Statement 0")
    assert len(texts(tmp_path)) == 4


def test_a_long_post_is_kept_whole(tmp_path: Path):
    answer = idf(1)
    whole = "The fire was put out. " * 40
    answer.posts[0] |= {"text": whole[:270] + "…", "note_tweet": {"text": whole}}
    run(tmp_path, answer)
    assert texts(tmp_path) == [whole.strip()]


def test_of_an_edited_post_both_texts_are_kept_and_the_last_counts(tmp_path: Path):
    answer = idf(2)
    last, first = answer.posts
    history = [first["id"], last["id"]]
    answer.posts = [last | {"edit_history_tweet_ids": history, "text": "Four rockets."}]
    answer.includes = {"tweets": [first | {"text": "Six rockets."}]}
    run(tmp_path, answer)
    with Archive.open(tmp_path / "archive.db", readonly=True) as archive:
        later, earlier = archive.all()
    assert (later.text, later.superseded_by) == ("Four rockets.", None)
    assert (earlier.text, earlier.superseded_by) == ("Six rockets.", later.id)


def test_an_edit_supersedes_what_an_earlier_run_collected(tmp_path: Path):
    answer = idf(2)
    last, first = answer.posts
    answer.posts = [first | {"text": "Six rockets."}]
    run(tmp_path, answer)
    history = [first["id"], last["id"]]
    answer.posts = [last | {"edit_history_tweet_ids": history, "text": "Four rockets."}]
    run(tmp_path, answer)
    with Archive.open(tmp_path / "archive.db", readonly=True) as archive:
        later, earlier = archive.all()
    assert (earlier.text, earlier.superseded_by) == ("Six rockets.", later.id)


def test_a_retweet_is_its_authors_statement_relayed(tmp_path: Path):
    answer = idf(1)
    original = {
        "id": posts(1, start=START - timedelta(days=1))[0]["id"],
        "text": "The minister denies it, in a text too long to stand in a retweet.",
        "author_id": "9",
    }
    answer.posts[0] |= {
        "text": "RT @moi: The minister denies it, in a te…",
        "referenced_tweets": [{"type": "retweeted", "id": original["id"]}],
    }
    answer.includes = {
        "tweets": [original],
        "users": [{"id": "9", "username": "moi", "name": "Ministry"}],
    }
    run(tmp_path, answer, x.Wanted(START, retweets=True))
    with Archive.open(tmp_path / "archive.db", readonly=True) as archive:
        (statement,) = archive.all()
    assert statement.text == original["text"]
    assert statement.source.name == "Ministry (@moi)"
    assert statement.source.kind is Kind.UNKNOWN
    assert statement.relayed_by == "@IDF"
    assert statement.url == f"https://twitter.com/moi/status/{original['id']}"


def test_replies_and_retweets_are_left_out_unless_asked_for(tmp_path: Path):
    with Loopback(idf(1)) as server, tools(tmp_path, server, Watch()) as made:
        found, _ = x.accounts(["@idf"], made)
        x.collect(found[0], WANTED, made)
        x.collect(found[0], x.Wanted(START, replies=True), made)
        x.collect(found[0], x.Wanted(START, replies=True, retweets=True), made)
    excluded = [r.query.get("exclude") for r in server.requests if r.path.endswith("/tweets")]
    assert excluded == ["replies,retweets", "retweets", None]


def test_what_can_be_no_handle_is_not_asked_for_and_stops_no_other(tmp_path: Path):
    with Loopback(idf(1)) as server, tools(tmp_path, server, Watch()) as made:
        found, missing = x.accounts(["IDF", "foo-bar", "a" * 16, "idf&id=1"], made)
        assert [r.query["usernames"] for r in server.requests] == ["IDF"]
    assert [account.handle for account in found] == ["IDF"]
    assert {m.failure for m in missing} == {"no account of X can be called so"}


def test_an_account_is_asked_for_once_only(tmp_path: Path):
    with Loopback(idf(1)) as server, tools(tmp_path, server, Watch()) as made:
        x.accounts(["IDF"], made)
        x.accounts(["idf", "@IDF"], made)
        assert [r.path for r in server.requests] == ["/2/users/by"]


def test_another_run_over_the_same_account_is_not_disturbed(tmp_path: Path):
    with Loopback(idf(3)) as server, tools(tmp_path, server, Watch()) as made:
        found, _ = x.accounts(["IDF"], made)
        with State(tmp_path / "state.db") as other, other.alone("x 18576537"):
            outcome = x.collect(found[0], WANTED, made)
    assert outcome.notes == ("another run reads it at this moment",)
    assert outcome.read == 0


def test_what_a_run_will_cost_is_known_before_it_reads():
    account = x._account(user(count=10_000) | {"created_at": "2025-06-01T00:00:00.000Z"})
    now = datetime(2026, 6, 1, tzinfo=UTC)
    wanted = x.Wanted(now - timedelta(days=73))
    assert account.at_most(wanted) == 3200
    assert account.expected(wanted, now) == 2000


RECORDED = Path(__file__).parents[1].parent / "shared" / "data" / "x_api"


def recorded(name: str) -> dict[str, Any]:
    """One recorded answer of X, from a cassette (YAML with the gzipped body in base64)."""
    import base64
    import gzip
    import re

    path = RECORDED / f"test_client_{name}.yaml"
    if not path.exists():
        pytest.skip(f"the recorded answers of X are not here ({RECORDED})")
    body = re.search(r"string: !!binary \|\n((?: {8}.*\n)+)", path.read_text())
    assert body
    content = gzip.decompress(base64.b64decode(body[1]))
    found: dict[str, Any] = json.loads(content)
    return found


def test_a_recorded_account_and_timeline_are_read(tmp_path: Path):
    account, timeline = recorded("get_user")["data"], recorded("get_users_tweets")
    timeline["meta"].pop("next_token")

    def answer(request: Any) -> Reply:
        is_users = request.path == "/2/users/by"
        return Reply(body={"data": [account]} if is_users else timeline)

    with Loopback(answer) as server, tools(tmp_path, server, Watch()) as made:
        found, _ = x.accounts(["Twitter"], made)
        outcome = x.collect(found[0], x.Wanted(datetime(2022, 1, 1, tzinfo=UTC)), made)
    assert (outcome.read, outcome.new) == (2, 2)
    with Archive.open(tmp_path / "archive.db", readonly=True) as archive:
        latest, earlier = archive.all()
    assert latest.text.startswith("whoa, it works")
    assert latest.published_at == datetime(2022, 10, 5, 18, 40, 30, tzinfo=UTC)
    assert earlier.text.endswith("this is happening and you'll be okay")
    assert earlier.source.kind is Kind.UNKNOWN
