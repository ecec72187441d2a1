"""A whole report written by hand after the worked example, for the tests of every format.

Every verdict, stance, commitment, basis and check result occurs; what officials deny or dispute
here is invented for that purpose.
"""

from __future__ import annotations

from datetime import UTC, datetime

from verify.values import (
    Article,
    Certainty,
    Check,
    Claim,
    Commitment,
    Evidence,
    Finding,
    Interval,
    Kind,
    Label,
    Nature,
    Origin,
    Post,
    Report,
    Source,
    Span,
    Stance,
    Statement,
    Verdict,
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


def in_text(quote: str, *parts: str) -> Origin:
    start = TEXT.index(quote)
    found = [TEXT.index(part, start) for part in parts]
    spans = tuple(Span(at, at + len(part)) for at, part in zip(found, parts, strict=True))
    return Origin("sentence", quote, start, start + len(quote), spans)


def in_post(*parts: str) -> Origin:
    found = [POST_TEXT.index(part) for part in parts]
    spans = tuple(Span(at, at + len(part)) for at, part in zip(found, parts, strict=True))
    return Origin("post", POST_TEXT, 0, len(POST_TEXT), spans, "p1")


C1 = Finding(
    Claim(
        "c1",
        "Syrian anti-aircraft defenses brought down “hostile targets” over Damascus",
        in_text(PARAGRAPHS[0], "Syrian anti-aircraft defenses brought down “hostile targets”"),
        SANA,
        chain=("article", "SANA"),
        cue="reported",
        certainty=Certainty.CERTAIN,
        nature=Nature.SUCCESS,
        actor="Syrian anti-aircraft defenses",
        place="Damascus",
        actor_party="Syria",
        country="Syria",
        event_time=NIGHT,
        own_statement="s1",
    ),
    (
        Evidence(S_SANA, Stance.SUPPORTS, 0.97),
        Evidence(S_IDF_OLD, Stance.UNRELATED, 0.91, "another day's event", counts=False),
    ),
    Verdict(
        Label.ONE_SIDED,
        5,
        "Only Syria's state media say so, of their own side's success.",
        "A statement by whoever fired, or pictures of the remains",
        "article",
        ("early official account; may change",),
    ),
)
C2 = Finding(
    Claim(
        "c2",
        "several large explosions were heard in Damascus",
        in_text(PARAGRAPHS[1], "heard several large explosions"),
        Source("AFP correspondent", Kind.PRESS, "AFP"),
        chain=("article", "AFP correspondent"),
        cue="heard",
        place="Damascus",
        event_time=DAY,
    ),
    (),
    Verdict(
        Label.UNCONFIRMED,
        8,
        "Said by a press witness; no official responsible for Damascus was found saying so.",
        "A statement by Syrian police or emergency services",
    ),
)
C3 = Finding(
    Claim(
        "c3",
        "the explosions were the results of an Israeli attack",
        in_text(PARAGRAPHS[2], "they were the results of an Israeli attack"),
        Source("some", Kind.ANONYMOUS, named=False),
        chain=("article", "social media users"),
        cue="claiming",
        certainty=Certainty.POSSIBLE,
        actor="Israel",
        actor_party="Israel",
        event_time=NIGHT,
        media=True,
    ),
    (Evidence(S_NO_COMMENT, Stance.NO_COMMENT, 0.88),),
    Verdict(
        Label.SPECULATIVE,
        7,
        "Only unnamed people on social media say so.",
        "A statement by Israel, which declines to comment",
        None,
        ("media not examined",),
    ),
)
C4 = Finding(
    Claim(
        "c4",
        "huge fire in southern Damascus",
        in_post("huge fire ripping through unknown object in southern #Damascus"),
        FAHD,
        chain=("article", "Majd Fahd"),
        place="southern Damascus",
        country="Syria",
        event_time=NIGHT,
        media=True,
    ),
    (),
    Verdict(
        Label.UNCONFIRMED,
        8,
        "No official speaks of a fire.",
        "A statement by Syria's emergency services",
        None,
        ("media not examined",),
    ),
)
C5 = Finding(
    Claim(
        "c5",
        "Israel carried out airstrikes on Damascus",
        in_post("southern #Damascus", "#Israeli airstrikes"),
        FAHD,
        chain=("article", "Majd Fahd"),
        actor="Israel",
        target="Damascus",
        place="Damascus",
        actor_party="Israel",
        event_time=NIGHT,
        media=True,
        rivals=("c7",),
    ),
    (
        Evidence(S_IDF, Stance.SUPPORTS, 0.93, "later than the article"),
        Evidence(S_NO_COMMENT, Stance.NO_COMMENT, 0.9),
        Evidence(S_IDF_OLD, Stance.UNRELATED, 0.95, "another day's event", counts=False),
    ),
    Verdict(
        Label.CONFIRMED,
        4,
        "Israel's own army says that it carried out the strikes.",
        "A statement by Syria naming who struck",
        "relayed",
        ("later than the article", "media not examined"),
    ),
)
C6 = Finding(
    Claim(
        "c6",
        "the blasts were an Israeli airstrike",
        in_text(PARAGRAPHS[3], "the blasts were an Israeli airstrike"),
        Source("some Syrian outlets", Kind.ANONYMOUS, "Syria", named=False),
        chain=("article", "some Syrian outlets"),
        cue="speculated",
        certainty=Certainty.POSSIBLE,
        actor="Israel",
        event_time=DAY,
        rivals=("c7",),
    ),
    (Evidence(S_NO_COMMENT, Stance.NO_COMMENT, 0.9),),
    Verdict(Label.SPECULATIVE, 7, "Only unnamed outlets say so.", "A statement by Israel or Syria"),
)
C7 = Finding(
    Claim(
        "c7",
        "it was the sound of the rockets being launched at Israel",
        in_text(
            PARAGRAPHS[3], "it may have been the sound of the rockets being launched at Israel"
        ),
        Source("others", Kind.ANONYMOUS, named=False),
        cue="said",
        certainty=Certainty.POSSIBLE,
        target="Israel",
        event_time=DAY,
        rivals=("c6", "c5"),
    ),
    (),
    Verdict(Label.SPECULATIVE, 7, "Only unnamed outlets say so.", "Radar data of the launches"),
)
C8 = Finding(
    Claim(
        "c8",
        "The strike was a terrible mistake.",
        in_text("The strike was a terrible mistake.", "The strike was a terrible mistake."),
        AUTHOR,
        polarity="-",
        unchecked="an opinion, which no statement can settle",
    ),
    (),
    Verdict(
        Label.NOT_CHECKED,
        1,
        "an opinion, which no statement can settle",
        "Nothing: opinions are not compared with statements",
    ),
)
C9 = Finding(
    Claim(
        "c9",
        "two of the missiles fell on Russian positions",
        in_text(S_RUSSIA.quote, "two of the missiles fell on Russian positions"),
        RUSSIA,
        chain=("article", "Russian defence ministry"),
        cue="said",
        certainty=Certainty.CERTAIN,
        target="Russia",
        target_party="Russia",
        event_time=NIGHT,
        own_statement="s3",
    ),
    (
        Evidence(S_RUSSIA, Stance.SUPPORTS, 0.99),
        Evidence(S_SYRIA_DENIES, Stance.REFUTES, 0.97),
        Evidence(S_POLICEMAN, Stance.SUPPORTS, 0.8, "unnamed: never decides", counts=False),
    ),
    Verdict(
        Label.DISPUTED,
        2,
        "Russia's ministry says so and Syria's denies it.",
        "Pictures of the place, or a third party's account",
        "article",
        ("early official account; may change",),
    ),
)
C10 = Finding(
    Claim(
        "c10",
        "Ten people were killed in Mezzeh",
        in_text(
            "Ten people were killed in Mezzeh, a hospital worker said.",
            "Ten people were killed in Mezzeh",
        ),
        Source("a hospital worker", Kind.EYEWITNESS, named=False),
        cue="said",
        place="Mezzeh",
        country="Syria",
        event_time=NIGHT,
    ),
    (Evidence(S_HEALTH, Stance.REFUTES, 0.99, "denied by Syria, a party to it"),),
    Verdict(
        Label.CONTRADICTED,
        3,
        "Syria's health ministry says that nobody was killed.",
        "Hospital records, or a second official source",
        "primary",
        ("denied by Syria, a party to it", "early official account; may change"),
    ),
)

FINDINGS = (C1, C2, C3, C4, C5, C6, C7, C8, C9, C10)

ARTICLE = Article(
    text=TEXT,
    title="Syrian air defenses down “hostile targets” over Damascus",
    url="https://example.org/damascus",
    published_at=at(2019, 11, 20),
    language="en",
    site="example.org",
    posts=POSTS,
)

REPORT = Report(
    article=ARTICLE,
    findings=FINDINGS,
    statements=STATEMENTS,
    created_at=at(2019, 11, 22, 8, 30, 15),
    models={"encoder": "all-MiniLM-L6-v2", "stance": "rules", "reader": "rules"},
    archive_path="/home/desk/archive.db",
    archive_size=7,
    warnings=("One embedded post had no text.",),
)
