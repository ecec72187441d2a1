"""A whole report written by hand after the worked example, for the tests of every format.

Every verdict, stance, commitment, basis and check result occurs; what officials deny or dispute
here is invented for that purpose.
"""

from __future__ import annotations

from damascus_said import (
    AUTHOR,
    DAY,
    FAHD,
    NIGHT,
    PARAGRAPHS,
    POST_TEXT,
    POSTS,
    RUSSIA,
    S_HEALTH,
    S_IDF,
    S_IDF_OLD,
    S_NO_COMMENT,
    S_POLICEMAN,
    S_RUSSIA,
    S_SANA,
    S_SYRIA_DENIES,
    SANA,
    STATEMENTS,
    TEXT,
    at,
)

from verify.values import (
    Article,
    Certainty,
    Claim,
    Evidence,
    Finding,
    Kind,
    Label,
    Nature,
    Origin,
    Report,
    Source,
    Span,
    Stance,
    Verdict,
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
