"""What a negative sentence says did not happen: "no officer was shot", "we used no live rounds".

Anything that limits the negation ("yet", "at that time", "no other", "not only") leaves it unread.
It reads one sentence, and weighs it against none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from verify import places
from verify.judge.roots import PERSON, content

#: Characters of a text that is still a sentence or a post; a longer one is no plain denial.
LONGEST = 1500
NEGATORS = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|hardly|barely)\b|n['’]t\b",
    re.I,
)
_BE = r"(?:was|were|is|are|has been|have been|had been)"
_AUXILIARY = r"(?:did|do|does|was|were|is|are|has|have|had)"
_EXISTS = re.compile(
    rf"^\W*(?:and |but )?there (?:{_BE} no|(?:was|were|is|are|has|have|had)"
    rf"(?:n['’]t| not| never) (?:been )?(?:a |an )?)(?P<what>.+)$",
    re.I,
)
_NONE_WAS = re.compile(
    r"^\W*(?:and |but )?(?:(?:no ?one|nobody|nothing) |no (?P<who>(?:[\w’'-]+ ){1,6}?))"
    rf"{_AUXILIARY} (?:been |being )?(?P<what>.+)$",
    re.I,
)
_NONE_DID = re.compile(
    r"^\W*(?:and |but )?(?:(?:no ?one|nobody) |no (?P<who>(?:[\w’'-]+ ){1,4}?))"
    r"(?P<what>(?:\w{2,}ed|shot|struck|fell|came|went|left|took|hit|drove|broke|threw) .*)$",
    re.I,
)
_DID_NOT = re.compile(
    rf"^\W*(?:and |but )?(?P<who>(?:[\w’'-]+ ){{1,6}}?){_AUXILIARY}(?: not|n['’]t| never) "
    r"(?:been |being |had |have )?(?P<what>.+)$",
    re.I,
)
_DID = re.compile(
    rf"^\W*(?P<who>(?:[\w’'-]+ ){{1,5}}?)(?:{_AUXILIARY} (?:been |being )?(?P<told>.+)"
    r"|(?P<doing>(?:using|firing|shooting|beating|killing|torturing|looting|hiding|planting) .+))$",
    re.I,
)
#: The negation holds for a while, for a part, or for what somebody said, knew or will do.
_LIMITED = re.compile(
    r"\b(?:yet|so far|as of|immediate\w*|initial\w*|until|till|before|after|since|at (?:that|the|"
    r"this|any given) (?:time|moment|stage)|currently|now|still|any ?more|any longer|longer|more|"
    r"less|fewer|only|just|merely|simply|alone|other|others|another|all|every|each|both|"
    r"necessarily|always|enough|because|due|unless|if|when|while|whether|except|apart|besides|"
    r"than|doubt|matter|will|would|can|could|shall|should|may|might|must|need|"
    r"said?|say|says|saying|tell|told|know|knew|known|name[ds]?|comment\w*|confirm\w*|identif\w*|"
    r"specif\w*|disclos\w*|reveal\w*|provid\w*|giv\w*|gave|believ\w*|think|thought|expect\w*|"
    r"want\w*|plan\w*|intend\w*|hop\w*|see|seen|saw|hear\w*|find|found|receiv\w*|report\w*|"
    r"recommend\w*|seek|sought|ask\w*|answer\w*|respond\w*|rul\w+ out|exclud\w*|evidence|"
    r"indication\w*|sign|signs|information|details?|reason\w*|record\w*|proof|suggestion\w*|"
    r"intention\w*|link|links|connection|relation\w*|idea|clear|certain|sure|true|false|"
    r"there|here|part|immediately|first|last|one of|of (?:the|them|those|these|us|our|its|his|"
    r"her|their))\b",
    re.I,
)
#: What may stand in a negative sentence and takes nothing off it.
_DAY = re.compile(
    r",? \b(?:(?:on |late |early )*(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|"
    r"yesterday|last night|this)(?: (?:morning|afternoon|evening|night))?\b(?= *[,.]|$| (?:at|in|"
    r"on|during|near)\b)",
    re.I,
)
_SWEEPING = re.compile(
    r",? \b(?:at all|whatsoever|ever|(?:at|in|on|of|by|for|to|from|with|during|inside|near) any "
    r"(?:[\w’'-]+(?: [\w’'-]+){0,2}(?= *[,.;]| *$| (?:at|in|on|during|near)\b)|[\w’'-]+)|any)"
    r"(?=\W|$)",
    re.I,
)
PREPOSITION = re.compile(
    r"\b(?:of|in|at|on|to|for|from|by|with|near|inside|outside|over|against|during)\b", re.I
)
_AND_NO = re.compile(r",? (?:and|or) no\b", re.I)
_WE = re.compile(r"^(?:we|our (?P<ours>[\w’'-]+)) $", re.I)
_SOMEBODY = re.compile(r"^(?:he|she|it|they|i|you|this|that|these|those|who|which|what) $", re.I)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|got|gets)\b", re.I)
#: "was not a student": what somebody is, not what was done to him.
_NOMINAL = re.compile(r"(?:an?|the|his|her|its|their|our|one)\b", re.I)
#: Behind "did" a verb is bare, and looks like a noun of another meaning.
_DO = re.compile(r"\b(?:did|do|does)", re.I)
_BARE_VERB = re.compile(r"^(?:bomb|shell|fire)\b", re.I)
_FIRED_A_SHOT = re.compile(r"\bfired (?:an? |any |the )?(?:single )?shots?\b", re.I)


@dataclass(frozen=True, slots=True)
class Negative:
    """What a sentence says did not happen: who did not do it (or was not dealt with so), and what.

    `thing` is what there was none of, its words in order, and `preposition` what leads from it to
    `what`. `is_passive` where `who` would have suffered it, `we` where the speaker speaks of
    himself; `parties` are those that `who` names.
    """

    who: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    thing: tuple[str, ...] = ()
    preposition: str = ""
    is_passive: bool = False
    we: bool = False
    parties: frozenset[str] = frozenset()


def is_somebody(who: str) -> bool:
    """Is the subject (with a blank after it) a pronoun that may stand for anybody?"""
    return _SOMEBODY.match(who) is not None


def negative(sentence: str) -> Negative | None:
    """Read a negative sentence; None where it is none, or limits what it denies."""
    bare = " ".join(_SWEEPING.sub(" ", _DAY.sub(" ", sentence)).split())
    exists = _EXISTS.match(bare)
    rest = bare[exists.start("what") :] if exists else bare
    if exists and (more := _AND_NO.search(rest)):
        rest = rest[: more.start()]
        sentence = sentence[: sentence.lower().find(more[0].lower())]
    if len(NEGATORS.findall(sentence)) != 1 or _LIMITED.search(rest):
        return None
    if exists:
        at = PREPOSITION.search(rest)
        thing, of = (rest[: at.start()], rest[at.end() :]) if at else (rest, "")
        leads = at.group().lower() if at else ""
        return Negative(thing=content(thing), what=content(of), preposition=leads)
    none = _NONE_WAS.match(bare) or _NONE_DID.match(bare)
    if none:
        return _told(none, bare)
    did_not = _DID_NOT.match(bare)
    if did_not is None:
        return None
    ours = _WE.match(did_not["who"])
    if ours is None and is_somebody(did_not["who"]):
        return None
    told = _told(did_not, bare)
    if told is None:
        return None
    if ours:
        return replace(told, who=content(ours["ours"] or ""), we=True)
    return replace(told, who=(PERSON,)) if PERSON in told.who[-1:] else told


def denied(sentence: str) -> Negative | None:
    """What a source denies ("that officers had used live rounds"), as if it were negative."""
    bare = " ".join(_SWEEPING.sub(" ", _DAY.sub(" ", sentence)).split())
    did = _DID.match(bare)
    if did is None or NEGATORS.search(bare) or _LIMITED.search(bare) or is_somebody(did["who"]):
        return None
    return _told(did, bare)


def _told(match: re.Match[str], text: str) -> Negative | None:
    who = match["who"] or ""
    what = next(part for name, part in match.groupdict().items() if part and name != "who")
    between = text[match.start() + len(who) : text.index(what)]
    is_passive = bool(_PASSIVE.search(between)) and not what.split()[0].endswith("ing")
    if is_passive and _NOMINAL.match(what):
        return None
    if _DO.search(between):
        what = _BARE_VERB.sub(lambda verb: f"{verb[0]}ed", what).replace("fireed", "fired")
    what = _FIRED_A_SHOT.sub("fired", what)
    parties = frozenset(places.parties_of(who))
    own = content(who, frozenset({"place", "people"}) if parties else frozenset({"place"}))
    return Negative(own, content(what), is_passive=is_passive, parties=parties)
