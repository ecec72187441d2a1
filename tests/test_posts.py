# ruff: noqa: E501  (markup is kept on the lines it has in pages)
"""Embedded posts in all their forms: right fields, right place, once, and never also prose."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.post_forms import ID, OTHER_FORMS, PLAIN_FORMS, SIGNED, TEXT, URL, X_FORMS, Form
from verify.read.article import read_bytes
from verify.values import Article, Post

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGES = Path(__file__).parents[1].parent / "shared" / "data" / "pages"
BEFORE = (
    "The fire brigade was called to the old harbour shortly after dawn on Tuesday, a spokesman "
    "for the town said, and two crews were still at work when the first ferry left for the islands."
)
AFTER = (
    "Nobody was hurt, according to the police, who closed the quay until noon and asked residents "
    "to keep their windows shut while the wind carried the smoke towards the market square."
)


def page(piece: str, head: str = "") -> bytes:
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><title>Fire at the harbour</title>"
        f"<meta property='article:published_time' content='2019-11-20T08:00:00Z'>{head}</head><body>"
        f"<nav><a href='/'>Home</a><a href='/news'>News</a></nav><article><h1>Fire at the harbour</h1>"
        f"<p>{BEFORE}</p>\n{piece}\n<p>{AFTER}</p></article><footer><p>All rights reserved.</p></footer>"
        "</body></html>"
    ).encode()


def read_page(piece: str) -> Article:
    return read_bytes(page(piece), content_type="text/html", now=NOW)


def read_text(piece: str) -> Article:
    text = f"date 2019-11-20\n{BEFORE}\n\n{piece}\n\n{AFTER}\n"
    return read_bytes(text.encode(), content_type="text/plain", now=NOW)


def read_form(form: Form) -> Article:
    return read_text(form.markup) if form in PLAIN_FORMS else read_page(form.markup)


def result(post: Post, name: str) -> str:
    return next(check.result for check in post.checks if check.name == name)


ALL = [*X_FORMS, *OTHER_FORMS, *PLAIN_FORMS]


def test_there_are_at_least_forty_forms() -> None:
    assert len({form.name for form in ALL}) >= 40


@pytest.mark.parametrize("form", ALL, ids=lambda form: form.name)
def test_a_post_is_found_in_each_form_and_its_text_is_not_also_prose(form: Form) -> None:
    article = read_form(form)
    assert len(article.posts) == 1, article.posts
    post = article.posts[0]
    assert (post.platform, post.post_id, post.handle) == (form.platform, form.post_id, form.handle)
    assert post.text == form.text
    for name, value in form.also.items():
        assert getattr(post, name) == value
    assert article.text == f"{BEFORE}\n\n{AFTER}"
    assert post.position == article.text.index(AFTER)


@pytest.mark.parametrize(
    "form", [f for f in PLAIN_FORMS if f.text], ids=lambda form: form.name.replace("plain", "page")
)
def test_plain_text_posts_are_found_in_pages_too(form: Form) -> None:
    article = read_page(f"<p>{form.markup}</p>".replace("\n", "<br>\n"))
    assert [(p.handle, " ".join((p.text or "").split())) for p in article.posts] == [
        (form.handle, " ".join((form.text or "").split()))
    ]
    assert article.text == f"{BEFORE}\n\n{AFTER}"


def test_a_post_embedded_twice_is_one_post_with_the_text_of_either() -> None:
    frame = f'<iframe src="https://platform.twitter.com/embed/Tweet.html?id={ID}"></iframe>'
    quotation = f'<blockquote class="twitter-tweet"><p>{TEXT}</p>{SIGNED}</blockquote>'
    article = read_page(f"{frame}<p>{AFTER}</p>{quotation}")
    assert [(p.id, p.post_id, p.handle, p.text) for p in article.posts] == [
        ("p1", ID, "harbour_watch", TEXT)
    ]


def test_the_time_of_a_post_is_its_ids_and_agrees_with_the_date_shown() -> None:
    post = read_page(X_FORMS[0].markup).posts[0]
    assert post.posted_at == datetime(2019, 11, 19, 21, 54, 21, 133000, tzinfo=UTC)
    assert post.posted_at_source == "id"
    assert {check.name: check.result for check in post.checks} == {
        "text-present": "pass",
        "id-plausible": "pass",
        "time-agrees": "pass",
        "not-later-than-article": "pass",
        "handle-agrees": "pass",
    }


def test_without_an_id_the_time_is_the_signatures() -> None:
    post = read_text(PLAIN_FORMS[0].markup).posts[0]
    assert post.posted_at == datetime(2019, 11, 19, tzinfo=UTC)
    assert post.posted_at_source == "markup"
    assert result(post, "time-agrees") == "unknown"


def test_a_date_that_contradicts_the_id_fails() -> None:
    post = read_page(X_FORMS[0].markup.replace("November 19, 2019", "November 9, 2019")).posts[0]
    assert result(post, "time-agrees") == "fail"


def test_a_post_younger_than_the_article_fails() -> None:
    late = (
        X_FORMS[0].markup.replace(ID, "1198906836562272256").replace("November 19", "November 25")
    )
    assert result(read_page(late).posts[0], "not-later-than-article") == "fail"


def test_a_post_of_the_articles_own_day_is_not_too_late() -> None:
    data = page(X_FORMS[0].markup).replace(b"2019-11-20T08:00:00Z", b"2019-11-19T08:00:00Z")
    post = read_bytes(data, content_type="text/html", now=NOW).posts[0]
    assert result(post, "not-later-than-article") == "pass"


def test_an_id_from_the_future_is_not_plausible_and_tells_no_time() -> None:
    post = read_page(X_FORMS[0].markup.replace(ID, "9196909601389785089")).posts[0]
    assert result(post, "id-plausible") == "fail"
    assert post.posted_at_source == "markup"


def test_a_signature_that_names_another_account_than_its_address_is_shown() -> None:
    post = read_page(X_FORMS[0].markup.replace("(@harbour_watch)", "(@NavyOfficial)")).posts[0]
    assert post.handle == "harbour_watch"
    assert result(post, "handle-agrees") == "warn"


@pytest.mark.parametrize(
    "form", [f for f in X_FORMS if f.name.startswith("placeholder")], ids=lambda form: form.name
)
def test_a_placeholder_is_no_text_and_a_check_says_so(form: Form) -> None:
    assert result(read_page(form.markup).posts[0], "text-present") == "warn"


@pytest.mark.parametrize(
    "text",
    [
        "This video was removed by the police, who say nothing happened at the quay on Tuesday.",
        "Tweets about the fire are being deleted by the ministry, and nobody says why.",
    ],
)
def test_a_real_text_about_deleted_posts_is_no_placeholder(text: str) -> None:
    piece = f'<blockquote class="twitter-tweet"><p>{text}</p>{SIGNED}</blockquote>'
    assert read_page(piece).posts[0].text == text


@pytest.mark.parametrize(
    "piece",
    [
        f'<p>The watch group <a href="{URL}">said on Twitter</a> that smoke was rising over the harbour.</p>',
        '<p>Follow us: <a href="https://twitter.com/harbour_watch">@harbour_watch</a> for more on this story.</p>',
        '<a class="twitter-timeline" href="https://twitter.com/harbour_watch">Tweets by harbour_watch</a>',
        '<div class="fb-page" data-href="https://www.facebook.com/harbourwatch"><blockquote>Harbour</blockquote></div>',
        f'<a class="twitter-share-button" href="https://twitter.com/intent/tweet?url={URL}">Tweet</a>',
        "<blockquote><p>We saw smoke — said the mayor (@mayor) before the meeting of the council.</p></blockquote>",
    ],
)
def test_links_buttons_timelines_and_quotations_are_no_posts(piece: str) -> None:
    assert read_page(piece).posts == ()


def test_a_box_of_several_posts_is_several_posts() -> None:
    second = X_FORMS[0].markup.replace(ID, "1196551514896162816").replace(TEXT, "All clear.")
    article = read_page(f'<div class="tweet">{X_FORMS[0].markup}{second}</div>')
    assert [post.text for post in article.posts] == [TEXT, "All clear."]


def test_an_unclosed_post_does_not_swallow_the_next_one() -> None:
    second = X_FORMS[0].markup.replace(ID, "1196551514896162816").replace(TEXT, "All clear.")
    first = f'<blockquote class="twitter-tweet"><p>{TEXT}</p>{SIGNED}'
    article = read_page(f"{first}<p>{AFTER}</p>{second}")
    assert [post.text for post in article.posts] == [TEXT, "All clear."]
    assert article.text == f"{BEFORE}\n\n{AFTER}\n\n{AFTER}"


def test_a_signature_in_a_paragraph_of_its_own_belongs_to_the_text_before_it() -> None:
    article = read_text(f"{TEXT}\n\n— Ann (@ann_port) November 19, 2019")
    assert [(post.handle, post.text) for post in article.posts] == [("ann_port", TEXT)]
    assert article.text == f"{BEFORE}\n\n{AFTER}"


def test_a_post_that_is_only_a_link_to_another_keeps_it_as_its_text() -> None:
    link = "https://twitter.com/other/status/1196909601389785000"
    piece = (
        f'<blockquote class="twitter-tweet"><p><a href="{link}">{link}</a></p>{SIGNED}</blockquote>'
    )
    (post,) = read_page(piece).posts
    assert (post.post_id, post.text) == (ID, link)


def test_an_unclosed_blockquote_does_not_swallow_the_article() -> None:
    form = next(form for form in X_FORMS if form.name == "blockquote never closed")
    assert read_page(form.markup).text.endswith(AFTER)


def test_posts_keep_their_order_and_stand_between_their_paragraphs() -> None:
    second = X_FORMS[0].markup.replace(ID, "1196551514896162816").replace(TEXT, "All clear.")
    article = read_page(f"{X_FORMS[0].markup}<p>{AFTER.replace('Nobody', 'No one')}</p>{second}")
    assert [post.text for post in article.posts] == [TEXT, "All clear."]
    assert article.text[article.posts[0].position :].startswith("No one was hurt")
    assert article.text[article.posts[1].position :].startswith("Nobody was hurt")


def test_several_posts_in_one_plain_paragraph_are_parted() -> None:
    article = read_text(
        "First fire. — Ann (@ann_port) November 19, 2019 Second fire. — Bob (@bob_port) November 19, 2019"
    )
    assert [(p.handle, p.text) for p in article.posts] == [
        ("ann_port", "First fire."),
        ("bob_port", "Second fire."),
    ]


def test_prose_in_the_same_paragraph_as_a_plain_post_stays_prose() -> None:
    article = read_text(f"{TEXT} — Ann (@ann_port) November 19, 2019 Later the wind turned north.")
    assert article.posts[0].text == TEXT
    assert "Later the wind turned north." in article.text


def test_long_prose_before_a_plain_post_in_one_paragraph_stays_prose() -> None:
    article = read_text(f"{BEFORE} {AFTER} {TEXT} — Ann (@ann_port) November 19, 2019")
    assert article.posts[0].text is not None
    assert article.posts[0].text.endswith(TEXT)
    assert len(article.posts[0].text) <= 304
    assert article.text.count(BEFORE) == 2


def test_a_parenthesised_account_in_prose_is_no_signature() -> None:
    text = "The mayor — Ann Port (@ann_port) — said in November 2019 that the quay was safe."
    assert read_text(text).posts == ()
    text = "Witnesses said — including Bob (@bob) — on November 19, 2019 that smoke rose."
    assert read_text(text).posts == ()


def test_a_post_split_by_blank_lines_is_one_post() -> None:
    text = f"{TEXT}\npic.twitter.com/abc\n\n— Ann ???? (@ann_port)\n\nNovember 19, 2019, 11:05 AM"
    article = read_text(text)
    assert [post.text for post in article.posts] == [f"{TEXT}\npic.twitter.com/abc"]
    assert article.text == f"{BEFORE}\n\n{AFTER}"


def test_the_words_that_introduce_a_quoted_post_are_not_its_text() -> None:
    article = read_text(f"The watch tweeted: “{TEXT}” — Ann (@ann_port) November 19, 2019")
    assert [post.text for post in article.posts] == [TEXT]
    assert "The watch tweeted:" in article.text


def test_a_text_whose_lines_are_paragraphs_gives_only_the_posts_line() -> None:
    text = f"{BEFORE}\n{TEXT} — Ann (@ann_port) November 19, 2019\n{AFTER}"
    article = read_bytes(text.encode(), content_type="text/plain", now=NOW)
    assert [post.text for post in article.posts] == [TEXT]
    assert article.text == f"{BEFORE}\n\n{AFTER}"


def test_a_post_standing_inside_a_sidebar_is_kept() -> None:
    article = read_page(f'<aside class="related">{X_FORMS[0].markup}<p>More on this</p></aside>')
    assert [post.text for post in article.posts] == [TEXT]


def test_posts_alone_make_an_article_with_a_warning() -> None:
    data = f"<html><body>{X_FORMS[0].markup}</body></html>".encode()
    article = read_bytes(data, content_type="text/html", now=NOW)
    assert article.text == ""
    assert len(article.posts) == 1
    assert "no prose was found, only embedded posts" in article.warnings


@pytest.mark.skipif(not PAGES.is_dir(), reason="the saved pages are not here")
def test_on_saved_pages_every_listed_post_is_found_and_none_invented() -> None:
    import json

    from benchmarks.posts import score_page, summarise

    pages = json.loads((PAGES / "manifest.json").read_text(encoding="utf-8"))
    summary = summarise([score_page((PAGES / p["file"]).read_bytes(), p["posts"]) for p in pages])
    assert (summary["precision"], summary["recall"]) == (1.0, 1.0)
    assert summary["text_recall"] >= 0.98
