"""How a verdict is put into plain words: who said what, when, and who has not spoken.

It only words what was decided; it never decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from verify import places
from verify.text import squash
from verify.values import SIDE_VOICES, Claim, Kind, Source, Statement

_LONGEST_QUOTE = 180
_LONGEST_CLAIM = 110


def shortened(text: str, longest: int) -> str:
    """Return the text on one line, cut at a word with an ellipsis where it is too long."""
    plain = squash(text).strip("“”\"' ")
    if len(plain) <= longest:
        return plain
    cut = plain[:longest].rsplit(" ", 1)[0] if " " in plain[:longest] else plain[:longest]
    return cut.rstrip(",;:. ") + " …"


def day(moment: datetime) -> str:
    """Return a date as a newsroom writes it: 20 November 2019."""
    return f"{moment.day} {moment:%B %Y}"


def listed(names: Iterable[str], word: str) -> str:
    """Return names as "A, B or C", each once."""
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} {word} {unique[-1]}"


def named(source: Source) -> str:
    """Return a source's name with the side it speaks for, where the name does not show it."""
    name = squash(source.name) or "an unnamed source"
    party = source.party
    if not party or party.lower() in name.lower() or places.country_of(name) == party:
        return name
    return f"{name} ({party})"


def said(statement: Statement, published_at: datetime | None) -> str:
    """Return who said what and when: "X said on 20 November 2019, relayed by Y: “…”"."""
    when = statement.published_at
    date = f" on {day(when)}" if when else ""
    if statement.origin == "article" and published_at is not None:
        date = f", as this article of {day(published_at)} reports"
        if when is not None and when.date() != published_at.date():
            date = f" on {day(when)}, as this article of {day(published_at)} reports"
    relay = f", relayed by {statement.relayed_by}" if statement.relayed_by else ""
    quote = shortened(statement.quote, _LONGEST_QUOTE).removesuffix(".")
    return f"{named(statement.source)} said{date}{relay}: “{quote}”"


def all_said(statements: Sequence[Statement], published_at: datetime | None) -> str:
    """Return the statements in words, the first two in full and the others counted."""
    text = "; ".join(said(s, published_at) for s in statements[:2])
    more = len(statements) - 2
    return f"{text}; and {more} more" if more > 0 else text


def parties(claim: Claim) -> list[str]:
    """Return the parties whose officials could decide the claim, its place's state first."""
    known = [claim.country, claim.actor_party, claim.target_party]
    return list(dict.fromkeys(p for p in known if p))


def subject(claim: Claim) -> str:
    """Return the claim in quotation marks, short enough for a sentence."""
    return f"“{shortened(claim.text, _LONGEST_CLAIM)}”"


def silence(silent: Sequence[Source]) -> str:
    """Return who declined to comment, as a clause, "" where nobody did."""
    if not silent:
        return ""
    return f"{listed((s.party or s.name for s in silent), 'and')} declined to comment"


def nobody(claim: Claim, silent: Sequence[Source], *, is_spoken_of: bool) -> str:
    """Return that no official is on record about a claim, and who declined to comment.

    `is_spoken_of` is true where one did speak of it, though not plainly, named and on the record.
    """
    whose = listed(parties(claim), "or") if parties(claim) else ""
    start = f"No official of {whose}" if whose else "No competent official"
    about = f"asserts {subject(claim)} plainly on the record"
    if not is_spoken_of:
        about = f"is on record about {subject(claim)}"
    clause = silence(silent)
    return f"{start} {about}{'; ' + clause if clause else ''}."


def asserted_by(claim: Claim) -> str:
    """Return who asserts a claim, as the opening of a sentence."""
    source = claim.source
    if source.kind is Kind.AUTHOR:
        return "The article itself says so."
    if claim.origin.kind == "post" and source.kind in {Kind.SOCIAL, Kind.UNKNOWN}:
        return f"A post by {squash(source.name) or 'an unnamed account'} says so."
    # Without a verb of the name's: names are one or many ("some Syrian outlets").
    return f"Asserted {'only ' if source.kind in SIDE_VOICES else ''}by {named(source)}."


def missing(claim: Claim, spoken: Iterable[str | None], silent: Sequence[Source]) -> str:
    """Return the statement that is missing: by which party, and whether it declined."""
    heard = {p for p in spoken if p}
    absent = [p for p in parties(claim) if p not in heard]
    declined = {s.party for s in silent}
    if not absent:
        return (
            "A statement by an independent body, such as the UN, or by another competent official"
        )
    named_absent = [f"{p}, which declined to comment," if p in declined else p for p in absent]
    return f"A plain statement by an official of {listed(named_absent, 'or')}".rstrip(",")
