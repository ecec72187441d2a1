""" "No officer was shot" against "officer shot and killed": what a negative sentence rules out.

A sentence that says that no such thing happened rules out every claim that tells of such a thing,
however much more the claim tells. So each content word of the negative sentence must be met in the
claim, by itself or by one that means as much, and those that act or suffer must do so in both.
Anything that limits the negation ("yet", "at that time", "no other", "not only") leaves it aside.
Pure functions over two texts; it never says that a claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from verify import places
from verify.judge.roots import PERSON, content, root, roots
from verify.values import Claim, Commitment, Kind, Source, Statement

#: Characters of a text that is still a sentence or a post; a longer one is no plain denial.
LONGEST = 1500
_NEGATORS = re.compile(
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
_PREPOSITION = re.compile(
    r"\b(?:of|in|at|on|to|for|from|by|with|near|inside|outside|over|against|during)\b", re.I
)
_AND_NO = re.compile(r",? (?:and|or) no\b", re.I)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_WE = re.compile(r"^(?:we|our (?P<ours>[\w’'-]+)) $", re.I)
_SOMEBODY = re.compile(r"^(?:he|she|it|they|i|you|this|that|these|those|who|which|what) $", re.I)
#: Who did not use rounds did not shoot them either.
_COVERS = {"use": {"shoot", "launch"}, "shoot": {"use"}}
_SHOT = frozenset({"bullet", "ga", "grenad", "cannon"})
#: Things that there was none of need no other word to be told from others of the day.
_EVENT = re.compile(
    r"\b(?P<event>explosions?|blasts?|coups?|air ?strikes?|airstrikes?|outbreaks?|stampedes?|"
    r"derailments?|collisions?|evacuations?|blackouts?|tsunamis?|curfews?|massacres?|riots?|"
    r"hijackings?|mutin(?:y|ies)|leaks?|cyber-?attacks?|landslides?|lockdowns?|ambush(?:es)?)\b",
    re.I,
)
#: "coup leaders", "blast walls": the word only says of what sort another thing is.
_BESIDE = re.compile(
    r"[ -](?!(?:in|at|on|near|has|have|had|is|are|was|were|and|or|took|hit|rocked|shook|struck|"
    r"happened|occurred|reported|under|over|outside|inside|this|just|now|tonight|today|there)\b)"
    r"[a-z]",
    re.I,
)
#: The claim tells that there is talk of it, or that it may be.
_TALK = re.compile(
    r"\b(?:rumou?r\w*|suspect\w*|alleg\w*|reports?|reported(?:ly)?|claim\w*|fear\w*|said|say|says|"
    r"possibl\w+|may|might|could|would|will|plan\w*|threat\w*|warn\w*|if|whether|drill|exercise|"
    r"attempt\w*|tried|almost|nearly|video|footage|photo\w*|image\w*|hoax|false|fake|untrue)\b",
    re.I,
)
#: Words for those who speak for themselves as "we", by the kind of source.
_OURS = {
    Kind.POLICE: "police officer cop policeman constable",
    Kind.MILITARY: "soldier troop army military force",
}
_THEY = re.compile(r"^\W*(?:they|cops?|police|officers?|soldiers?|troops|army|military)\b", re.I)
_PLAIN = frozenset({Commitment.AFFIRMS, Commitment.DENIES})
_FORCES = frozenset({"police", "soldier"})
_PRONOUN = re.compile(r"^\W*they\b", re.I)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|got|gets|getting)\b", re.I)


@dataclass(frozen=True, slots=True)
class Negative:
    """What a sentence says did not happen: who did not do it (or was not dealt with so), and what.

    `thing` is what there was none of, its words in order. `is_passive` where `who` would have
    suffered it, `we` where the speaker speaks of himself; `parties` are those that `who` names.
    """

    who: tuple[str, ...] = ()
    what: tuple[str, ...] = ()
    thing: tuple[str, ...] = ()
    is_passive: bool = False
    we: bool = False
    parties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Told:
    """What an affirmative text tells: its words, and who acts and who is dealt with.

    `target` is None where that was not looked for, empty where nobody was found.
    """

    text: str
    words: tuple[str, ...]
    target: str | None = None
    actor: str = ""
    parties: frozenset[str] = frozenset()
    place: str | None = None


def rules_out(statement: Statement, claim: Claim) -> bool:
    """Does the statement say that nothing of the kind that the claim tells of has happened?"""
    if claim.polarity == "-" or statement.commitment not in _PLAIN:
        return False
    is_denial = statement.commitment is Commitment.DENIES
    if is_denial and statement.origin != "article":
        return False
    said = _denials(statement.text) if is_denial else _negatives(statement.text)
    if not said:
        return False
    party = frozenset({claim.actor_party} if claim.actor_party else ())
    actor, target = claim.actor or "", claim.target or ""
    told = Told(claim.text, roots(claim.text), target, actor, party, claim.place)
    return _is_denied(said, told, statement.source)


def tells_what_is_denied(statement: Statement, claim: Claim) -> bool:
    """Does the claim say that nothing of the kind that the statement tells of has happened?"""
    if statement.commitment is not Commitment.AFFIRMS or claim.polarity == "-":
        return False
    said = _negatives(claim.text)
    if not said:
        return False
    parties = frozenset(places.parties_of(statement.text))
    told = Told(statement.text, roots(statement.text), parties=parties)
    return _is_denied(said, told, claim.source)


def _is_denied(said: Sequence[tuple[str, Negative]], told: Told, speaker: Source) -> bool:
    if _NEGATORS.search(told.text) or is_talk(told.text):
        return False
    return any(
        _meets(one, told, speaker, sentence) and _is_there(sentence, told) for sentence, one in said
    )


@lru_cache(maxsize=1024)
def _negatives(text: str) -> tuple[tuple[str, Negative], ...]:
    """The negative sentences of a text; kept, as every claim meets every statement."""
    if len(text) > LONGEST or not _NEGATORS.search(text):
        return ()
    found = [(sentence, negative(sentence)) for sentence in _SENTENCE.split(text)]
    return tuple((sentence, one) for sentence, one in found if one is not None)


@lru_cache(maxsize=1024)
def _denials(text: str) -> tuple[tuple[str, Negative], ...]:
    if len(text) > LONGEST:
        return ()
    found = [(sentence, denied(sentence)) for sentence in _SENTENCE.split(text)]
    return tuple((sentence, one) for sentence, one in found if one is not None)


def is_negative(text: str) -> bool:
    """Does a text say, without a limit, that there was no such thing?"""
    return bool(_negatives(text))


@lru_cache(maxsize=1024)
def is_talk(text: str) -> bool:
    """Does a claim tell that there is talk of something, or that it may be, or ask?"""
    return "?" in text or _TALK.search(text) is not None


def is_somebody(who: str) -> bool:
    """Is the subject (with a blank after it) a pronoun that may stand for anybody?"""
    return _SOMEBODY.match(who) is not None


def _meets(said: Negative, told: Told, speaker: Source, sentence: str) -> bool:
    """Is what was told of such a thing?"""
    if set(said.who) <= _FORCES and not said.is_passive and _PRONOUN.match(told.text):
        said = replace(said, who=())  # "they are shooting at us"
    wanted = {*said.who, *said.what, *said.thing}
    alone = len(wanted) == 1 and _stands_alone(said.thing, told.text)
    if len(wanted) == 1 and not said.thing:
        alone = any(m.role == "place" for m in places.find(sentence))
    if not (alone or len(wanted) > 1) or not all(_is_met(word, told, wanted) for word in wanted):
        return False
    if said.parties and not said.parties & told.parties:
        return False
    if said.we and not _is_of(speaker, told):
        return False
    return _stand_together(said.thing, told.words) and _acts_alike(said, told)


def _stands_alone(thing: Sequence[str], claim: str) -> bool:
    """Is the one thing that there was none of an event by itself, and does the claim tell of it?"""
    return any(
        root(found["event"]) in thing and not _BESIDE.match(claim, found.end())
        for found in _EVENT.finditer(claim)
    )


def _is_met(word: str, told: Told, wanted: set[str]) -> bool:
    if word in told.words:
        return True
    return bool(wanted & _SHOT) and any(w in told.words for w in _COVERS.get(word, ()))


def negative(sentence: str) -> Negative | None:
    """Read a negative sentence; None where it is none, or limits what it denies."""
    bare = " ".join(_SWEEPING.sub(" ", _DAY.sub(" ", sentence)).split())
    exists = _EXISTS.match(bare)
    rest = bare[exists.start("what") :] if exists else bare
    if exists and (more := _AND_NO.search(rest)):
        rest = rest[: more.start()]
        sentence = sentence[: sentence.lower().find(more[0].lower())]
    if len(_NEGATORS.findall(sentence)) != 1 or _LIMITED.search(rest):
        return None
    if exists:
        thing, *of = _PREPOSITION.split(rest, maxsplit=1)
        return Negative(thing=content(thing), what=content(" ".join(of)))
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
    if ours:
        return replace(told, who=content(ours["ours"] or ""), we=True)
    return replace(told, who=(PERSON,)) if PERSON in told.who[-1:] else told


def denied(sentence: str) -> Negative | None:
    """What a source denies ("that officers had used live rounds"), as if it were negative."""
    bare = " ".join(_SWEEPING.sub(" ", _DAY.sub(" ", sentence)).split())
    did = _DID.match(bare)
    if did is None or _NEGATORS.search(bare) or _LIMITED.search(bare) or is_somebody(did["who"]):
        return None
    return _told(did, bare)


def _told(match: re.Match[str], text: str) -> Negative:
    who = match["who"] or ""
    what = next(part for name, part in match.groupdict().items() if part and name != "who")
    between = text[match.start() + len(who) : text.index(what)]
    is_passive = bool(_PASSIVE.search(between)) and not what.split()[0].endswith("ing")
    parties = frozenset(places.parties_of(who))
    return Negative(content(who), content(what), (), is_passive, parties=parties)


def _is_there(text: str, told: Told) -> bool:
    """Is it told of the place that the negative sentence limits itself to, if to any?"""
    own = [m.place.name for m in places.find(told.text) if m.role == "place"]
    if told.place and (resolved := places.resolve(told.place)):
        own.append(resolved.name)
    return all(
        any(places.is_within(name, m.place.name) for name in own)
        for m in places.find(text)
        if m.role == "place"
    )


def _stand_together(thing: Sequence[str], words: Sequence[str]) -> bool:
    """Do the words of what there was none of ("a second explosion") stand so in the claim?"""
    size = len(thing)
    if size < 2:
        return True
    return any(
        [w for w in words[k : k + size + 1] if w in thing] == list(thing) for k in range(len(words))
    )


def _acts_alike(said: Negative, told: Told) -> bool:
    """Do those who would have acted, or suffered, do so in what is told?"""
    if not said.who or said.we:
        return True
    suffering = set(roots(told.target or ""))
    if said.is_passive:
        if told.target is None:
            return _PASSIVE.search(told.text) is not None
        return not suffering or bool(suffering & set(said.who))
    first = min((told.words.index(w) for w in said.what if w in told.words), default=0)
    acts = all(told.words.index(w) < first for w in said.who if w in told.words)
    return acts and not suffering & set(said.who)


def _is_of(speaker: Source, told: Told) -> bool:
    """Is it told of those who say "we"?"""
    if _THEY.match(told.text):
        return True
    own = {*roots(speaker.name), *roots(_OURS.get(speaker.kind, ""))}
    return bool(own & set(roots(told.actor)))
