"""Collecting from feeds, pages, files and a settings file, against loopback servers."""

from __future__ import annotations

import mailbox
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from loopback import Loopback, Reply, Request
from x_server import XServer, posts, user

from verify.archive import Archive, provenance
from verify.collect import feeds, files, keeping, pages, plan, run
from verify.collect.gathered import Tools
from verify.collect.patience import Patience
from verify.collect.settings import needed, prices, token
from verify.collect.xapi import XApi
from verify.errors import ArchiveError, FetchError, InputError
from verify.http import Secret
from verify.sources import Registry, parse
from verify.state import State
from verify.values import Kind, Statement

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
REGISTRY = Registry(
    tuple(
        parse(
            """
[coastguard]
name = "Coast Guard"
handles = ["coastguard"]
domains = ["coastguard.example"]
kind = "emergency-service"
party = "Atlantis"

[ministry]
name = "Interior Ministry"
handles = ["moi_atlantis", "telegram:moi"]
domains = ["moi.example"]
kind = "government"
party = "Atlantis"
""",
            "test",
        )
    )
)
FEED = "https://coastguard.example/feed.xml"


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>BBC News</title>'
        f"<link>https://coastguard.example/</link>{''.join(items)}</channel></rss>"
    )


def item(number: int, text: str, link: str = "https://coastguard.example/news/{}") -> str:
    day = f"{number:02}"
    return (
        f"<item><title>Bulletin number {number} of the Coast Guard</title>"
        f"<link>{link.format(number)}</link><pubDate>Fri, {day} May 2026 08:00:00 GMT</pubDate>"
        f"<description><![CDATA[<p>{text}</p><script>x()</script>]]></description></item>"
    )


class Web:
    """A site: addresses without scheme → replies; ETags are honoured; all else is 404."""

    def __init__(self, **addresses: Reply) -> None:
        self.addresses: dict[str, Reply] = dict(addresses)
        self.asked: list[str] = []

    def __call__(self, request: Request) -> Reply:
        address = f"{request.host}{request.path}"
        self.asked.append(address)
        reply = self.addresses.get(address, Reply(404, "nothing"))
        tag = reply.headers.get("ETag")
        if tag and request.headers.get("If-None-Match") == tag:
            return Reply(304, b"", {"ETag": tag})
        return reply


@contextmanager
def tools(folder: Path, web: Any, said: list[str] | None = None) -> Iterator[Tools]:
    heard = said if said is not None else []
    patience = Patience(lambda seconds: None, NOW.timestamp, heard.append)
    with (
        Loopback(web) as server,
        State(folder / "state.db") as state,
        keeping.into(folder / "archive.db", state) as keep,
    ):
        yield Tools(server.session(timeout=(2.0, 2.0)), state, REGISTRY, keep, patience)


def everything(folder: Path) -> list[Statement]:
    with Archive.open(folder / "archive.db", readonly=True) as archive:
        return archive.all()


def fates(folder: Path) -> dict[str, provenance.Fate]:
    with Archive.open(folder / "archive.db", readonly=True) as archive:
        return {s.text: provenance.fate(archive, s.id) for s in archive.all()}


def html(*paragraphs: str, title: str = "Statement on the fire at the harbour") -> Reply:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    page = (
        f"<html><head><title>{title}</title>"
        '<meta property="article:published_time" content="2026-05-04T09:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return Reply(200, page, {"Content-Type": "text/html; charset=utf-8"})


# Feeds


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


# Pages


PAGE = "https://www.moi.example/statements/7"
FIRST = "The fire at the harbour broke out at four in the morning and was put out by noon."
SECOND = "Two firefighters were injured and are being treated in hospital, the ministry says."


def test_a_page_becomes_its_owners_statements_paragraph_by_paragraph(tmp_path: Path):
    web = Web()
    web.addresses["www.moi.example/statements/7"] = html(FIRST, SECOND)
    with tools(tmp_path, web) as made:
        outcome = pages.collect(PAGE, made)
    found = everything(tmp_path)
    assert outcome.new == len(found) == 3
    assert {FIRST, SECOND} <= {s.text for s in found}
    assert {(s.source.name, s.source.kind, s.url) for s in found} == {
        ("Interior Ministry", Kind.GOVERNMENT, PAGE)
    }
    assert {s.published_at for s in found} == {datetime(2026, 5, 4, 9, tzinfo=UTC)}


def test_a_page_that_robots_txt_closes_is_not_fetched(tmp_path: Path):
    web = Web()
    web.addresses["www.moi.example/robots.txt"] = Reply(
        200, "User-agent: verify\nDisallow: /statements/\n\nUser-agent: *\nAllow: /"
    )
    with tools(tmp_path, web) as made, pytest.raises(FetchError, match="is closed to programs by"):
        pages.collect(PAGE, made)
    assert web.asked == ["www.moi.example/robots.txt"]


def test_a_robots_txt_that_cannot_be_had_closes_the_site_for_now(tmp_path: Path):
    web = Web()
    web.addresses["www.moi.example/robots.txt"] = Reply(503)
    with tools(tmp_path, web) as made, pytest.raises(FetchError, match="could not be asked"):
        pages.collect(PAGE, made)


def test_a_site_that_asks_for_a_pause_gets_it_and_is_asked_for_its_rules_once(tmp_path: Path):
    web, said = Web(), list[str]()
    web.addresses["www.moi.example/robots.txt"] = Reply(200, "User-agent: *\nCrawl-delay: 7\n")
    web.addresses["www.moi.example/statements/7"] = html(FIRST)
    with tools(tmp_path, web, said) as made:
        pages.collect(PAGE, made)
        pages.collect(PAGE, made)
    assert said == ["the site asks for a pause: 7 s left"] * 2
    assert web.asked.count("www.moi.example/robots.txt") == 1


def test_a_page_that_is_gone_leaves_its_statements_marked_as_withdrawn(tmp_path: Path):
    web = Web()
    web.addresses["www.moi.example/statements/7"] = html(FIRST, SECOND)
    with tools(tmp_path, web) as made:
        pages.collect(PAGE, made)
        web.addresses["www.moi.example/statements/7"] = Reply(410)
        outcome = pages.collect(PAGE, made)
    assert outcome.notes == ("gone: 3 statements marked as withdrawn",)
    fate = fates(tmp_path)[SECOND]
    assert (fate.withdrawn_at, fate.reason) == (NOW, "the page is gone (410)")


def test_a_paragraph_taken_out_is_withdrawn_and_one_put_back_is_not(tmp_path: Path):
    web = Web()
    with tools(tmp_path, web) as made:
        web.addresses["www.moi.example/statements/7"] = html(FIRST, SECOND)
        pages.collect(PAGE, made)
        web.addresses["www.moi.example/statements/7"] = html(FIRST)
        pages.collect(PAGE, made)
        assert fates(tmp_path)[SECOND].reason == "its address does not say it any more"
        assert fates(tmp_path)[FIRST].reason is None
        web.addresses["www.moi.example/statements/7"] = html(FIRST, SECOND)
        pages.collect(PAGE, made)
    assert fates(tmp_path)[SECOND].withdrawn_at is None


def test_a_page_that_was_never_there_is_an_error(tmp_path: Path):
    with tools(tmp_path, Web()) as made, pytest.raises(FetchError, match="is not there"):
        pages.collect(PAGE, made)


def test_a_page_without_a_date_needs_one(tmp_path: Path):
    web = Web()
    undated = html(FIRST, SECOND)
    undated.body = str(undated.body).replace("2026-05-04T09:00:00Z", "")
    web.addresses["www.moi.example/statements/7"] = undated
    with tools(tmp_path, web) as made:
        with pytest.raises(InputError, match="shows no date; give it with --published DATE"):
            pages.collect(PAGE, made)
        assert pages.collect(PAGE, made, NOW).new == 3


# Files


def given(**options: Any) -> files.Given:
    return files.Given(REGISTRY, NOW, **options)


def test_lines_are_taken_in_and_the_wrong_ones_are_told(tmp_path: Path):
    path = tmp_path / "lines.jsonl"
    path.write_text(
        '{"handle": "coastguard", "published_at": "2026-05-04", "text": "Both boats are safe."}\n'
        "not json\n"
    )
    with tools(tmp_path, Web()) as made:
        outcome = files.collect(path, given(), made.keep)
    assert (outcome.read, outcome.new) == (1, 1)
    assert outcome.notes[0].startswith(f"{path} line 2: not JSON")
    assert everything(tmp_path)[0].source.id == "coastguard"


def mail(sender: str, body: str, date: str = "Mon, 04 May 2026 10:00:00 +0200") -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["Subject"] = "Press release on the harbour fire"
    if date:
        message["Date"] = date
    message.set_content(body)
    return message


def test_a_mail_box_gives_each_senders_own_words(tmp_path: Path):
    box = mailbox.mbox(tmp_path / "press")
    body = (
        f"{FIRST}\n\n> The editor asked: was anybody hurt in the fire?\n\n-- \nPress office of it"
    )
    box.add(mail("Press Office <press@mail.moi.example>", body))
    box.add(mail("Jane <jane@elsewhere.example>", "I saw the flames from my window that morning."))
    box.add(mail("nobody", "This one bears neither a sender's address nor a date.", ""))
    box.close()
    with tools(tmp_path, Web()) as made:
        outcome = files.collect(tmp_path / "press", given(), made.keep)
    assert outcome.notes == (f"{tmp_path / 'press'} message 3 has no date or no sender",)
    by_source: dict[str, list[str]] = {}
    for statement in everything(tmp_path):
        by_source.setdefault(statement.source.name, []).append(statement.text)
    title = "Press release on the harbour fire"
    assert sorted(by_source["Interior Ministry"]) == [title, FIRST]
    assert sorted(by_source["Jane"]) == ["I saw the flames from my window that morning.", title]


def test_a_folder_of_texts_and_pages_is_read_whole(tmp_path: Path):
    folder = tmp_path / "statements"
    (folder / "deeper").mkdir(parents=True)
    page = str(html(FIRST).body).replace(
        "</head>", '<link rel="canonical" href="https://moi.example/s/9"></head>'
    )
    (folder / "page.html").write_text(page)
    (folder / "deeper" / "note.txt").write_text(f"date 2026-05-05\n\n{SECOND}\n")
    (folder / "empty.txt").write_text("")
    (folder / ".hidden.txt").write_text(f"date 2026-05-05\n\n{FIRST} Hidden.\n")
    with tools(tmp_path, Web()) as made:
        outcome = files.collect(folder, given(), made.keep)
    found = {s.text: s for s in everything(tmp_path)}
    assert found[FIRST].source.name == "Interior Ministry"
    assert found[FIRST].url == "https://moi.example/s/9"
    assert (found[SECOND].source.name, found[SECOND].source.kind) == ("note.txt", Kind.UNKNOWN)
    assert len(found) == 3
    assert any("empty.txt" in note for note in outcome.notes)


def test_whose_a_text_is_can_be_said(tmp_path: Path):
    path = tmp_path / "note.txt"
    path.write_text(f"{SECOND}\n")
    source = files.whose("ministry", REGISTRY)
    with tools(tmp_path, Web()) as made:
        files.collect(path, given(source=source, published=NOW), made.keep)
    assert [s.source.name for s in everything(tmp_path)] == ["Interior Ministry"]
    with pytest.raises(InputError, match="no source is called 'nobody'"):
        files.whose("nobody", REGISTRY)


@pytest.mark.parametrize("name", ["missing.txt", "empty.mbox", "empty"])
def test_a_file_that_holds_nothing_is_one_clear_line(tmp_path: Path, name: str):
    (tmp_path / "empty.mbox").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    with tools(tmp_path, Web()) as made, pytest.raises(InputError, match=name) as caught:
        files.collect(tmp_path / name, given(), made.keep)
    assert "\n" not in str(caught.value)


# All of a newsroom's sources


SETTINGS = """
archive = "news/archive.db"
feeds = ["https://coastguard.example/feed.xml", "https://down.example/feed"]
pages = ["https://www.moi.example/statements/7"]
files = ["lines.csv"]

[x]
from = ["Atlantis"]
handles = ["nobody"]
since = 2026-02-01
most = 60
ask_over = 0.40
"""


def test_one_failing_source_stops_no_other(tmp_path: Path):
    (tmp_path / "newsroom.toml").write_text(SETTINGS)
    (tmp_path / "lines.csv").write_text(
        "source,published_at,text\nInterior Ministry,2026-05-04,The harbour is open again.\n"
    )
    on_x = XServer(
        [*posts(50, "1"), *posts(70, "2")],
        {"1": user("coastguard", "1", 50), "2": user("moi_atlantis", "2", 70)},
    )
    web = Web()
    web.addresses["coastguard.example/feed.xml"] = Reply(200, rss(item(3, "Two boats sank there.")))
    web.addresses["down.example/feed"] = Reply(500)
    web.addresses["www.moi.example/statements/7"] = html(FIRST)
    asked = plan.load(tmp_path / "newsroom.toml")
    assert asked.archive == tmp_path / "news/archive.db"

    def answer(request: Request) -> Reply:
        return on_x(request) if request.host == "api.twitter.com" else web(request)

    with tools(tmp_path, answer) as made:

        def api() -> XApi:
            return XApi(Secret("right"), made.session, made.patience)

        outcomes = {o.name: o for o in run.collect(asked, made, api)}
    assert outcomes[FEED].new == 2
    assert "answered 500" in (outcomes["https://down.example/feed"].failure or "")
    assert outcomes[PAGE].new == 2
    assert outcomes[str(tmp_path / "lines.csv")].new == 1
    assert outcomes["@nobody"].failure == "Could not find user with usernames: [nobody]."
    assert outcomes["@coastguard"].new == 50
    assert outcomes["@moi_atlantis"].new == 30  # $0.40 pay 80 posts
    assert len(everything(tmp_path)) == 85


def test_without_a_token_everything_else_is_still_collected(tmp_path: Path):
    web = Web()
    web.addresses["coastguard.example/feed.xml"] = Reply(200, rss(item(3, "Two boats sank there.")))
    asked = plan.Plan(feeds=(FEED,), handles=("IDF",))

    def api() -> XApi:
        raise InputError("there is no bearer token for X")

    with tools(tmp_path, web) as made:
        outcomes = list(run.collect(asked, made, api))
    assert [(o.name, o.failure) for o in outcomes] == [
        (FEED, None),
        ("X", "there is no bearer token for X"),
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("feed = []", "unknown key 'feed'"),
        ('feeds = "https://a.example"', "feeds must be a list of texts"),
        ("[x]\ntoken = 'AAAA'", "unknown key 'token'"),
        ("[x]\nsince = 'yesterday'", r"\[x\] since must be a date"),
        ("[x]\nmost = 0", r"\[x\] most must be a number"),
        ("[x]\nprice_post = 'cheap'", r"\[x\] price_post must be an amount"),
        ("x = 1", r"\[x\] must be a table"),
        ("[x", "cannot be read as TOML"),
    ],
)
def test_a_wrong_settings_file_is_one_clear_line(tmp_path: Path, text: str, line: str):
    path = tmp_path / "newsroom.toml"
    path.write_text(text)
    with pytest.raises(InputError, match=line) as caught:
        plan.load(path)
    assert "AAAA" not in str(caught.value)


# The token


def test_a_token_file_that_others_may_read_is_refused(tmp_path: Path):
    path = tmp_path / "token"
    path.write_text("AAAAtoken\n")
    path.chmod(0o644)
    with pytest.raises(InputError, match=f"may be read by others; run: chmod 600 {path}"):
        token({}, str(path))
    path.chmod(0o600)
    assert repr(token({}, str(path))) == "Secret(…)"


def test_a_token_comes_from_file_or_environment_or_there_is_a_clear_line(tmp_path: Path):
    assert token({}) is None
    assert token({"X_BEARER_TOKEN": "Bearer AAAA"}) is not None
    with pytest.raises(InputError, match="there is no bearer token for X; put it into"):
        needed({})
    for wrong in ("AA AA", "ÄÄ", "A\nB"):
        with pytest.raises(InputError) as caught:
            token({"X_BEARER_TOKEN": wrong})
        assert wrong not in str(caught.value)


def test_prices_are_those_of_the_settings():
    assert prices({"price_post": 0.01}).cost(300) == pytest.approx(3.0)
    assert prices({}).cost(1000) == pytest.approx(5.0)


# Several at once


WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from verify.collect import keeping
from verify.collect.gathered import Words, state
from verify.state import State
from verify.values import Source

folder, name = Path(sys.argv[1]), sys.argv[2]
start = datetime(2026, 5, 1, tzinfo=UTC)
with State(folder / "state.db") as known, keeping.into(folder / "archive.db", known) as keep:
    for page in range(12):
        for one in range(25):
            at = start + timedelta(minutes=page * 25 + one)
            url = f"https://{name}.example/{page}/{one}"
            said = f"Statement {page}-{one} of {name} on the fire."
            keep([state(Words(said, said, Source(name), url, at), start, "feed")])
        known.put("progress", name, page, start)
"""


def test_two_collectors_and_a_reader_at_once_lose_nothing(tmp_path: Path):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path), name], stderr=subprocess.PIPE
        )
        for name in ("one", "two")
    ]
    sizes: list[int] = []
    while any(writer.poll() is None for writer in writers):
        try:
            with Archive.open(tmp_path / "archive.db", readonly=True) as archive:
                sizes.append(len(archive.words("statement on the fire", 1000)))
        except ArchiveError:
            if sizes:  # it was there already
                raise
    for writer in writers:
        assert writer.communicate()[1] == b""
        assert writer.returncode == 0
    found = everything(tmp_path)
    assert len(found) == len({s.url for s in found}) == 600
    assert sizes == sorted(sizes)
    db = sqlite3.connect(tmp_path / "archive.db")
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    db.close()
