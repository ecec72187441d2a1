"""Pages and files collected: whose the words are, what was withdrawn, what is closed."""

from __future__ import annotations

import mailbox
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from collecting import FIRST, NOW, PAGE, REGISTRY, SECOND, Web, everything, fates, html, tools
from loopback import Reply

from verify.collect import files, pages
from verify.errors import FetchError, InputError
from verify.values import Kind


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
