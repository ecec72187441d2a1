"""The article, posts, sources and statements of the report in `damascus.py`; what officials deny
or dispute here is invented.
"""

from __future__ import annotations

from datetime import UTC, datetime

from verify.values import (
    Check,
    Commitment,
    Interval,
    Kind,
    Post,
    Source,
    Statement,
)

PARAGRAPHS = (
    "Syrian anti-aircraft defenses brought down “hostile targets” over the capital Damascus, "
    "state media reported Tuesday night.",
    "An AFP correspondent in Damascus heard several large explosions.",
    "Footage circulated on social media showed nighttime explosions over the Damascus skyline, "
    "with some claiming they were the results of an Israeli attack.",
    "Some Syrian outlets speculated that the blasts were an Israeli airstrike, while others said "
    "it may have been the sound of the rockets being launched at Israel.",
    "Israel refuses to comment on the specifics of its operations against Iran in Syria. "
    "The strike was a terrible mistake.",
    "The Russian defence ministry said two of the missiles fell on Russian positions. "
    "Ten people were killed in Mezzeh, a hospital worker said.",
)
TEXT = "\n\n".join(PARAGRAPHS)
POST_TEXT = (
    "Breaking video footage emerges huge fire ripping through unknown object in southern "
    "#Damascus amid #Israeli airstrikes. pic.twitter.com/5LHaG3AHxO"
)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


NIGHT = Interval(at(2019, 11, 19, 18), at(2019, 11, 20), "Tuesday night")
DAY = Interval(at(2019, 11, 19), at(2019, 11, 20), "19 November", precise=False)

SANA = Source("SANA", Kind.STATE_MEDIA, "Syria", id="sana")
ISRAEL = Source("Israel", Kind.GOVERNMENT, "Israel")
IDF = Source("Israel Defense Forces", Kind.MILITARY, "Israel", id="idf")
RUSSIA = Source("Russian defence ministry", Kind.MILITARY, "Russia")
SYRIA = Source("Syrian health ministry", Kind.GOVERNMENT, "Syria")
POLICEMAN = Source("a police official", Kind.POLICE, "Syria", named=False)
FAHD = Source("Majd Fahd", Kind.SOCIAL)
AUTHOR = Source("The Telegraph-like article", Kind.AUTHOR)

POSTS = (
    Post(
        id="p1",
        platform="x",
        post_id="1196906836562272256",
        url="https://twitter.com/Syria_Protector/status/1196906836562272256",
        author="Majd Fahd ????????",
        handle="Syria_Protector",
        text=POST_TEXT,
        position=TEXT.index(PARAGRAPHS[3]),
        posted_at=at(2019, 11, 19, 23, 43, 32),
        posted_at_source="id",
        media=True,
        checks=(
            Check("time-agrees", "pass", "the post's number and the page both say 19 Nov 2019"),
            Check("not-later-than-article", "pass", "one day before the article"),
            Check("not-older-than-event", "warn", "posted two days before the blasts it shows"),
        ),
    ),
    Post(
        id="p2",
        platform="telegram",
        post_id=None,
        url="javascript:alert(1)",
        author=None,
        handle=None,
        text=None,
        position=len(TEXT),
        checks=(
            Check("has-text", "fail", "only a placeholder stood on the page"),
            Check("plausible-number", "unknown", "the page gives no number"),
        ),
    ),
)


def quoted(quote: str) -> dict[str, int]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote)}


S_SANA = Statement(
    id="s1",
    text="Syrian anti-aircraft defenses brought down hostile targets over Damascus",
    quote=PARAGRAPHS[0],
    source=SANA,
    commitment=Commitment.AFFIRMS,
    origin="article",
    published_at=at(2019, 11, 19),
    event_time=NIGHT,
    url="https://example.org/damascus",
    **quoted(PARAGRAPHS[0]),  # type: ignore[arg-type]
)
S_NO_COMMENT = Statement(
    id="s2",
    text="Israel refuses to comment on the specifics of its operations against Iran in Syria.",
    quote="Israel refuses to comment on the specifics of its operations against Iran in Syria.",
    source=ISRAEL,
    commitment=Commitment.NO_COMMENT,
    origin="article",
    published_at=at(2019, 11, 20),
    **quoted("Israel refuses to comment on the specifics of its operations against Iran in Syria."),  # type: ignore[arg-type]
)
S_RUSSIA = Statement(
    id="s3",
    text="two of the missiles fell on Russian positions",
    quote="The Russian defence ministry said two of the missiles fell on Russian positions.",
    source=RUSSIA,
    commitment=Commitment.AFFIRMS,
    origin="article",
    published_at=at(2019, 11, 20),
    **quoted("The Russian defence ministry said two of the missiles fell on Russian positions."),  # type: ignore[arg-type]
)
S_IDF = Statement(
    id="a1",
    text="We just carried out wide-scale strikes of Iranian Quds Force targets in Syria.",
    quote="We just carried out wide-scale strikes of Iranian Quds Force targets in Syria.",
    source=IDF,
    commitment=Commitment.AFFIRMS,
    origin="archive",
    published_at=at(2019, 11, 21, 1, 5),
    event_time=NIGHT,
    relayed_by="The Epoch Times",
    url="https://example.org/idf?a=1&b=2",
)
S_IDF_OLD = Statement(
    id="a2",
    text="We have started striking Iranian Quds targets in Syrian territory.",
    quote="We have started striking Iranian Quds targets in Syrian territory.",
    source=IDF,
    commitment=Commitment.AFFIRMS,
    origin="archive",
    published_at=at(2019, 1, 21),
    url="https://example.org/january",
)
S_HEALTH = Statement(
    id="a3",
    text="Nobody was killed in Mezzeh.",
    quote="Nobody was killed in Mezzeh.",
    source=SYRIA,
    commitment=Commitment.DENIES,
    origin="archive",
    published_at=at(2019, 11, 20, 9, 30),
    event_time=NIGHT,
    url="https://example.org/health",
)
S_POLICEMAN = Statement(
    id="a4",
    text="Some of the missiles may have hit Russian positions.",
    quote="Some of the missiles may have hit Russian positions.",
    source=POLICEMAN,
    commitment=Commitment.HEDGED,
    origin="archive",
    published_at=at(2019, 11, 20),
    url="ftp://example.org/not-a-link",
)
S_SYRIA_DENIES = Statement(
    id="a5",
    text="No missile fell on Russian positions.",
    quote="No missile fell on Russian positions.",
    source=SYRIA,
    commitment=Commitment.DENIES,
    origin="archive",
    published_at=at(2019, 11, 20, 12),
    relayed_by="TASS",
    url="https://example.org/tass",
)
STATEMENTS = (
    S_SANA,
    S_NO_COMMENT,
    S_RUSSIA,
    S_IDF,
    S_IDF_OLD,
    S_HEALTH,
    S_POLICEMAN,
    S_SYRIA_DENIES,
)
