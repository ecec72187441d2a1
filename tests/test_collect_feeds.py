"""Feeds collected: whose each entry is, once, with both texts of an edited one."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from collecting import FEED, NOW, Web, everything, fates, item, rss, tools
from loopback import Reply

from verify.collect import feeds
from verify.errors import FetchError
from verify.values import Kind


def test_a_feeds_entries_become_statements_of_the_sites_owner(tmp_path: Path):
    web = Web()
    web.addresses["coastguard.example/feed.xml"] = Reply(
        200,
        rss(item(3, "Two boats sank off the cape."), item(4, "All twelve sailors were rescued.")),
    )
    with tools(tmp_path, web) as made:
        outcome = feeds.collect(FEED, made)
    assert (outcome.read, outcome.new) == (2, 4)
    statement = next(s for s in everything(tmp_path) if "rescued" in s.text)
    assert statement.text == "All twelve sailors were rescued."
    assert statement.source.name == "Coast Guard"  # not "BBC News", as the feed calls itself
    assert statement.source.kind is Kind.EMERGENCY
    assert statement.published_at == datetime(2026, 5, 4, 8, tzinfo=UTC)
    assert statement.url == "https://coastguard.example/news/4"
    fate = fates(tmp_path)[statement.text]
    assert fate.fetch is not None
    assert (fate.fetch.at, fate.fetch.how, len(fate.fetch.sha256)) == (NOW, "feed", 64)


def test_an_entry_that_leads_elsewhere_is_nobodys_official(tmp_path: Path):
    web = Web()
    away = item(3, "The ministry confirms everything.", "https://blog.example/{}")
    web.addresses["coastguard.example/feed.xml"] = Reply(200, rss(away))
    with tools(tmp_path, web) as made:
        feeds.collect(FEED, made)
    assert {(s.source.name, s.source.kind) for s in everything(tmp_path)} == {
        ("blog.example", Kind.UNKNOWN)
    }


def test_an_unchanged_feed_is_not_read_again(tmp_path: Path):
    web = Web()
    reply = Reply(200, rss(item(3, "Two boats sank off the cape.")), {"ETag": '"one"'})
    web.addresses["coastguard.example/feed.xml"] = reply
    with tools(tmp_path, web) as made:
        feeds.collect(FEED, made)
        assert feeds.collect(FEED, made).notes == ("unchanged",)
        reply.headers = {"ETag": '"two"'}
        again = feeds.collect(FEED, made)
    assert (again.read, again.new) == (1, 0)


def test_an_entry_edited_later_is_kept_with_both_texts(tmp_path: Path):
    web = Web()
    address = "coastguard.example/feed.xml"
    with tools(tmp_path, web) as made:
        web.addresses[address] = Reply(200, rss(item(3, "Two people died when the boat sank.")))
        feeds.collect(FEED, made)
        web.addresses[address] = Reply(200, rss(item(3, "Four people died when the boat sank.")))
        outcome = feeds.collect(FEED, made)
    assert outcome.notes == ("1 earlier statements edited or withdrawn",)
    found = {s.text: s for s in everything(tmp_path)}
    earlier = found["Two people died when the boat sank."]
    assert earlier.superseded_by == found["Four people died when the boat sank."].id


def test_entries_without_a_date_or_from_the_future_are_left_out_and_told(tmp_path: Path):
    web = Web()
    odd = [
        "<item><title>An entry that bears no date at all</title><link>/a</link></item>",
        "<item><title>An entry from next century it seems</title><link>/b</link>"
        "<pubDate>Fri, 03 May 2126 08:00:00 GMT</pubDate></item>",
        "<item><title>An entry that leads to a script</title><link>javascript:x()</link>"
        "<pubDate>Sun, 03 May 2026 08:00:00 GMT</pubDate></item>",
    ]
    web.addresses["coastguard.example/feed.xml"] = Reply(
        200, rss(*odd, item(3, "Calm seas today."))
    )
    with tools(tmp_path, web) as made:
        outcome = feeds.collect(FEED, made)
    assert outcome.notes == ("3 entries without a usable date or address left out",)
    assert outcome.read == 1


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (Reply(200, "<html><body>Welcome</body></html>"), "is no feed; give the address"),
        (Reply(200, b""), "is no feed"),
        (Reply(200, bytes(range(256)) * 40), "is no feed"),
        (Reply(410), "is gone; find the feed's new address"),
        (Reply(500), "answered 500"),
        (Reply(200, rss(item(1, "x")), cut=True), "could not be reached|could not be read"),
        (Reply(200, "<rss>", hang=2.5), "did not answer in time"),
    ],
)
def test_what_is_no_feed_is_one_clear_line(tmp_path: Path, reply: Reply, line: str):
    web = Web()
    web.addresses["coastguard.example/feed.xml"] = reply
    with tools(tmp_path, web) as made:
        made.session.timeout = (0.3, 0.3)
        with pytest.raises(FetchError, match=line) as caught:
            feeds.collect(FEED, made)
    assert "\n" not in str(caught.value)
