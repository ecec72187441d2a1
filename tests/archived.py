"""Two agencies and their statements, for the tests of the archive."""

from __future__ import annotations

from datetime import UTC, datetime

from verify.values import Commitment, Kind, Source, Statement

IDF = Source("Israel Defense Forces", Kind.MILITARY, "Israel", id="idf")
SANA = Source("SANA", Kind.STATE_MEDIA, "Syria", id="sana")
PAGE = "https://example.org/page"


def said(text: str, source: Source = IDF, url: str = PAGE, day: int = 20) -> Statement:
    published = datetime(2019, 11, day, tzinfo=UTC)
    return Statement("", text, text, source, Commitment.AFFIRMS, "archive", published, url=url)


STRIKES = said("We just carried out wide-scale strikes in Syria.")
MISSILES = said("Israel's combat aircraft have fired several missiles at Damascus.", SANA)
