"""The officials' statements that an article and its posts carry, one for each thing they say.

An attribution to an official is a statement, relayed by the article; an official account's own post
is one too. It never weighs them against a claim.
"""

from __future__ import annotations

from dataclasses import replace

from verify.claims import cues
from verify.claims.segments import Segment
from verify.claims.voices import Voice
from verify.values import OFFICIAL, Article, Commitment, Interval, Statement


class Statements:
    """Collects statements in reading order; the same words of the same source are kept once."""

    def __init__(self, article: Article) -> None:
        self._article = article
        self._found: dict[tuple[str, str, str], Statement] = {}

    def add(self, segment: Segment, voice: Voice, text: str, time: Interval | None) -> str | None:
        """Keep what an official says; returns the statement's id, None where no official speaks."""
        source = voice.source
        if source.kind not in OFFICIAL:
            return None
        key = (source.name, text.casefold(), segment.quote)
        if key not in self._found:
            post = segment.post
            tree = segment.tree
            start = tree.tokens[0].start if len(tree) else segment.start
            end = tree.tokens[-1].end if len(tree) else segment.end
            holder = (post.text if post is not None else self._article.text) or ""
            quote = holder[start:end]
            published = post.posted_at if post is not None else None
            self._found[key] = Statement(
                id=f"s{len(self._found) + 1}",
                text=text,
                quote=quote,
                source=source,
                commitment=voice.commitment,
                origin="article",
                published_at=published or self._article.published_at,
                event_time=time,
                relayed_by=_relay(voice),
                url=(post.url if post is not None else None) or self._article.url,
                start=start,
                end=end,
                post=post.id if post is not None else None,
                certainty=voice.certainty,
            )
        return self._found[key].id

    def found(self) -> tuple[Statement, ...]:
        """Every statement, in reading order."""
        return tuple(self._found.values())


def _relay(voice: Voice) -> str | None:
    """Through whom it came to the article: the last link of the chain before its source."""
    return voice.chain[-2] if len(voice.chain) > 1 else None


def completed(statement: Statement) -> Statement:
    """An archived statement with what its words commit its source to; its text is left as it is.

    The first cue of the text weighs it: an agency's "is investigating reports that …" is hedged,
    and "declined to comment" is neither support nor denial.
    """
    found = cues.find(statement.text[:400])
    cue = next((m for m in found if m.cue.part in {"verb", "prep"}), None)
    words = statement.text[cue.start : cue.end] if cue is not None else None
    committed = cues.commitment(words, statement.text)
    if committed is Commitment.DENIES:
        committed = Commitment.AFFIRMS if words is None else committed
    return replace(statement, commitment=committed)
