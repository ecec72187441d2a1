"""Say why a sentence or clause cannot be checked: an opinion, a prayer, a plan, a question …

It looks at wording alone (`uncheckable.py`) and is conservative both ways: what holds a fact beside
an exclamation or a plan stays checkable. It never decides whether a fact is true, nor cuts a
sentence into facets.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from verify import text
from verify.claims.uncheckable import WORDINGS

_QUOTES = "\"“”‘’'«» "

_EXCLAMATION = re.compile(
    r"^\W*(?:(?:oh|omg|wow|wtf|unbelievable|incredible|amazing|insane|crazy|horrible|horrific|"
    r"terrible|tragic|shocking|sad|awful|"
    r"disgusting|heartbreaking|devastating|unreal|scary|terrifying|awesome|no|yes|damn|jesus|"
    r"christ|my|god|holy|shit|hell|ugh|lol|"
    r"what|so|just|absolutely|utterly|really|very|beyond|speechless|outrageous|shameful|"
    r"disgraceful|pathetic|sick|sickening|"
    r"breathtaking|beautiful|stunning|brilliant|great|wonderful|hope|news|day|stuff|scenes|scene|"
    r"words|a|the|this|is|it['’]?s|"
    r"how|too|such|disgrace|tragedy|nightmare|madness|horror|today|right|now|indeed|folks|guys|"
    r"people|world|here|we|go|again)\W*)+$",
    re.I,
)
# Two words that report something: "Five dead", "heavy rain".
_TOLL = re.compile(
    r"\b(?:dead|killed|injured|wounded|missing|hurt|shot|arrested|trapped|evacuated|displaced|closed|"
    r"explosions?|blasts?|attacks?|(?:earth)?quakes?|fires?|crash(?:es)?|shootings?|storms?|rains?|"
    r"floods?|flooding|clashes|riots?|protests?|strikes?|air\s?strikes?|bombings?|fighting|shelling|"
    r"landslides?|tsunami|collapsed?|arrests?|deaths?|casualties|gunfire|sirens?|outage|coup)\b",
    re.I,
)
# A question that closes a report: "Two bangs near the airport, anyone know what happened?"
_TAIL_QUESTION = re.compile(
    r"[,;–—-]\s+(?:any(?:one|body)?|who|what|why|how|where|when|is|are|was|were|do|does|did|can|could|"
    r"right|really|true|correct|have|has|so)\b[^,;]*\?[\s?!\"”’']*$",
    re.I,
)
_QUESTION_WORDS = re.compile(
    r"^\W*(?:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|can|could|will|"
    r"would|"
    r"should|has|have|had|isn['’]t|aren['’]t|don['’]t|didn['’]t|doesn['’]t)\b",
    re.I,
)
_ASKED = re.compile(
    r"\b(?:asks?|asked|asking|wonder(?:s|ed|ing)?|inquir(?:e|es|ed)|enquir(?:e|es|"
    r"ed))\s+(?:\w+\s+){0,3}?"
    r"(?:whether|if|why|how|what|who|when|where)\b(?![^.;!?]*,[^.;!?]*\b(?:said|says|replied|"
    r"answered)\b)",
    re.I,
)
_LINK = re.compile(
    r"(?:https?://|www\.|pic\.twitter\.com/|pic\.x\.com/|t\.co/)\S+|\S+\.(?:com|org|net|co\.uk)/\S+"
)
_LOST_LETTERS = re.compile(r"(?<!\S)\?{2,}(?!\S)")
_TAGS_ONLY = re.compile(r"^[\W_]*(?:[#@]\w+[\W_]*)+$")
_PIECE = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[#@]?[A-Z0-9#@])|\n+|\s+[|•]\s+")
# A border between clauses of which each may hold a fact of its own.
_BORDER = re.compile(
    r"\s*[;—–]\s*|,\s+(?:and|but|while|as|after|though|although|yet|which|who|where|whose|adding|"
    r"killing|"
    r"injuring|wounding)\s+|\s+[–—-]\s+|\s+(?:and|but|while|after|because|since|following|amid|"
    r"although|"
    r"though)\s+|:\s+",
    re.I,
)
# A finite past verb behind a subject: the mark of something that has happened.
_HAPPENED = re.compile(
    r"^\W*(?!(?:if|unless|to|not|what|when|who|that|would|could|should|will|may|"
    r"might)\b)(?:[\w'’“”\"#@$£€%.,-]+\s+){1,14}?"
    r"(?:was|were|has|have|had|did|is\s+\w+ing|are\s+\w+ing|[a-z]{2,}ed|broke|fell|struck|hit|"
    r"shot|took|found|left|fled|died|"
    r"said|went|came|saw|began|held|lost|won|met|sent|gave|rose|blew|sank|set|cut|made|put|drove|"
    r"fought|led|burst|spread)\b"
    r"(?!\s+to\b)",
)
_EVENT_PHRASE = re.compile(
    r"^(?:\W|\w+\s+){0,4}?(?:a|an|the|\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|"
    r"dozens|hundreds|"
    r"several|many|deadly|[a-z]+day['’]s)?\s*(?:[\w'’-]+\s+){0,3}?(?:attacks?|explosions?|"
    r"blasts?|earthquake|"
    r"quake|air\s?strikes?|shootings?|crash|fire|floods?|bombings?|massacre|killings?|collapse|"
    r"landslide|storm|"
    r"hurricane|riots?|clashes|strikes?|outbreak|arrests?|deaths?|raid|coup|leak)\b",
    re.I,
)
_SAID = re.compile(
    r"\b(?:said|says|told|added|announced|warned|confirmed|stated|wrote|tweeted|reported|insisted|"
    r"claimed|noted|explained|argued|declared)\b",
    re.I,
)
_FINITE = re.compile(r"\b(?:was|were|has|have|had|did|[a-z]{3,}ed)\b")
# What says nothing of the main clause: a relative clause about the future, a title in quotes.
_ASIDE = re.compile(
    r",?\s+(?:which|who)\s+(?:will|would|should|may|might|could|plan(?:s|ned)?|want(?:s|ed)?|"
    r"hope[sd]?|"
    r"intend(?:s|ed)?|(?:is|are|was|were)\s+(?:due|set|scheduled|expected|going|"
    r"planning))\b[^,;.!?]*"
    r"|(?<=\w)\s+(?:titled|called|entitled|named|headlined|reading|"
    r"slogan)\s+[\"“‘'][^\"”’']{1,80}[\"”’']"
    r"|\b(?:his|her|its|their|the|no|any|of|['’]s)\s+plans\s+(?:to|for)\b",
    re.I,
)
#: Reasons that stand beside a fact in one sentence, and those that only follow one.
_BESIDE_FACTS = frozenset(
    {
        "a promise",
        "a plan",
        "a prediction",
        "an opinion",
        "an appeal",
        "a condolence",
        "a greeting or thanks",
        "a hypothetical",
    }
)
_AFTER_FACTS = frozenset({"a condolence", "a hypothetical"})
#: A sentence of more characters than this holds some fact.
_LONGEST = 1500


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((reason, re.compile(wording, re.I)) for reason, wording in WORDINGS)


def why_not(sentence_or_clause: str, *, is_post: bool) -> str | None:
    """Return why this cannot be checked, in words for an editor; None if it can.

    A text of several sentences is checkable if one of them is. `is_post` reads it as a social-media
    post: links, handles, emoji and newswire noise go first.
    """
    raw = text.squash(sentence_or_clause)
    bare = _LOST_LETTERS.sub(" ", _LINK.sub(" ", raw))
    if not any(c.isalpha() for c in bare):
        return "no claim: only a link" if _LINK.search(raw) else "no claim: no words"
    if is_post and _TAGS_ONLY.match(bare):
        condoling = _reason_of(bare)
        return condoling or "no claim: only tags and names"
    plain = text.plain_claim(raw) if is_post else text.squash(bare)
    first: str | None = None
    for piece in _pieces(plain):
        reason = _why_not_piece(piece)
        if reason is None:
            return None
        first = first or (None if reason.startswith("no claim") else reason)
    return first or _why_not_piece(plain) or "no claim: too short"


def _pieces(plain: str) -> list[str]:
    pieces = [p for p in _PIECE.split(plain) if any(c.isalnum() for c in p)]
    return pieces or [plain]


def _why_not_piece(piece: str) -> str | None:
    if len(piece) > _LONGEST:
        return None
    words = re.findall(r"[^\W_][\w'’.-]*", piece)
    if len(words) < 8 and _EXCLAMATION.match(piece):
        return "no claim: an exclamation" if len(words) < 3 else "an opinion"
    if _is_question(piece):
        told = _TAIL_QUESTION.sub("", piece)
        if told == piece or len(told.split()) < 4 or _QUESTION_WORDS.match(told):
            return "a question"
        return _why_not_piece(told)
    reason, place = _reason_in(piece)
    if reason is not None and _holds_fact(piece, reason, place):
        return None
    if reason is None and len(words) < 3 and not (len(words) == 2 and _TOLL.search(piece)):
        return "no claim: too short"
    return reason


def _is_question(piece: str) -> bool:
    if piece.rstrip(_QUOTES + ")!").endswith("?"):
        # "Who did it?" is one; '"Gunman shot", police say?' too; a fact after it is another piece.
        return True
    if _ASKED.search(piece):
        return True
    return (
        bool(re.match(r"^\W*(?:why|how\s+come|who\s+(?:did|is|was))\b", piece, re.I))
        and bool(_QUESTION_WORDS.match(piece))
        and not piece.rstrip(_QUOTES).endswith((".", "!"))
    )


def _reason_of(piece: str) -> str | None:
    return _reason_in(piece)[0]


@lru_cache(maxsize=1024)
def _reason_in(piece: str) -> tuple[str | None, int]:
    """Return the first reason that the piece's wording gives, and where that wording stands."""
    main = _ASIDE.sub(lambda m: " " * len(m[0]), piece)
    for reason, wording in _rules():
        found = wording.search(main)
        if found:
            return ("an appeal" if reason == "a demand or appeal" else reason), found.start()
    return None, 0


def _holds_fact(piece: str, reason: str, place: int) -> bool:
    """Tell whether a clause beside the plan, prayer or opinion reports what has happened."""
    if reason not in _BESIDE_FACTS:
        return False
    if reason in _AFTER_FACTS:
        return _is_fact(piece[:place], 0) and len(piece[:place].split()) > 3
    clauses = [c for c in _BORDER.split(piece) if any(ch.isalnum() for ch in c)]
    return len(clauses) > 1 and any(_is_fact(c, place) for place, c in enumerate(clauses))


def _is_fact(clause: str, place: int) -> bool:
    if _reason_of(clause) is not None or _attributes_only(clause):
        return False
    if _HAPPENED.match(clause):
        return True
    return bool(_EVENT_PHRASE.match(clause)) and (place > 0 or "death" in clause.lower())


def _attributes_only(clause: str) -> bool:
    """Tell whether a clause is no more than "the minister said on Monday"."""
    said = _SAID.search(clause)
    if said is None or len(clause.split()) > 14:
        return False
    return not _FINITE.search(clause, 0, said.start()) and not _FINITE.search(clause, said.end())
