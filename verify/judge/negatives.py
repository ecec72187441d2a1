""" "No officer was shot" against "officer shot and killed": what a negative sentence rules out.

A sentence that says that no such thing happened rules out every claim that tells of such a thing,
however much more the claim tells. So each content word of the negative sentence must be met in the
claim, by itself or by one that means as much, in the same order; whoever would have acted or
suffered must be the claim's own subject (`subjects`) or object, and act or suffer there too.
Pure functions over two texts; it never says that a claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from verify import places
from verify.judge import subjects
from verify.judge.denials import LONGEST, NEGATORS, PREPOSITION, Negative, denied, negative
from verify.judge.roots import EMPTY, WORD, root, roots
from verify.values import Claim, Commitment, Kind, Source, Statement

_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
#: Who did not use rounds did not shoot them either.
_COVERS = {
    "use": {"shoot", "launch", "firing"},
    "shoot": {"use", "firing"},
    "firing": {"use", "shoot"},
}
_SHOT = frozenset({"bullet", "ga", "grenad", "cannon"})
#: Things that there was none of need no other word to be told from others of the day.
_EVENT = re.compile(
    r"\b(?P<event>explosions?|blasts?|coups?|air ?strikes?|airstrikes?|stampedes?|derailments?|"
    r"tsunamis?|mutin(?:y|ies))\b",
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
    r"attempt\w*|tried|almost|nearly|video|footage|photo\w*|image\w*|hoax|false|fake|untrue|"
    r"scares?|lifted|averted|avoided|prevented|foiled|demand|anniversary|former(?:ly)?)\b",
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
_BE_FORMS = frozenset("was were is are been being be got gets".split())
#: What follows "officer shot" in a headline where the officer suffered it.
_NO_OBJECT = re.compile(
    r"\W*(?:$|(?:in|at|on|near|by|outside|inside|during|after|and|dead|from|with|as|this|last|"
    r"yesterday|today|tonight)\b)",
    re.I,
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
#: Content words that may stand between two of what was denied.
_APART = 2
#: Content words among which a claim's own verb stands.
_EARLY = 4


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
    if NEGATORS.search(told.text) or is_talk(told.text):
        return False
    return any(
        _meets(one, told, speaker, sentence)
        and _is_there(sentence, told)
        and not _is_another_day(sentence, told.text)
        for sentence, one in said
    )


@lru_cache(maxsize=1024)
def _negatives(text: str) -> tuple[tuple[str, Negative], ...]:
    """The negative sentences of a text; kept, as every claim meets every statement."""
    if len(text) > LONGEST or not NEGATORS.search(text):
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
    if said.thing:
        return _stand_together(said, told) and _stands_so(said, told.text)
    return _acts_alike(said, told, wanted)


def _is_another_day(sentence: str, told: str) -> bool:
    """Do the two name days of the week, and none in common?"""
    mine, other = ({d.lower() for d in _WEEKDAY.findall(text)} for text in (sentence, told))
    return bool(mine and other and not mine & other)


def _stands_alone(thing: Sequence[str], claim: str) -> bool:
    """Is the one thing that there was none of an event by itself, and does the claim tell of it?"""
    return any(root(found["event"]) in thing for found in _EVENT.finditer(claim))


def _is_met(word: str, told: Told, wanted: set[str]) -> bool:
    return word in told.words or any(w in told.words for w in _covers(word, wanted))


def _covers(word: str, wanted: set[str]) -> set[str]:
    """Verbs that tell as much of rounds and gas; "fired" of a shot alone, never of a worker."""
    return _COVERS.get(word, set()) if wanted & _SHOT else set()


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


def _stand_together(said: Negative, told: Told) -> bool:
    """Do the words of what there was none of ("a second explosion") stand so in the claim?"""
    size, words = len(said.thing), told.words
    return any(
        [w for w in words[k : k + size + 1] if w in said.thing] == list(said.thing)
        for k in range(len(words))
    )


def _stands_so(said: Negative, text: str) -> bool:
    """Is the thing itself told of ("a coup", no "coup leaders"), and there where it is denied?"""
    tokens = list(WORD.finditer(text))
    heads = [t for t in tokens if root(t.group()) == said.thing[-1]]
    if not any(not _BESIDE.match(text, t.end()) for t in heads):
        return False
    if not said.what:
        return True
    leads = [k for k, t in enumerate(tokens) if t.group().lower() == said.preposition]
    return any(said.what[0] in {root(t.group()) for t in tokens[k + 1 : k + 4]} for k in leads)


def _acts_alike(said: Negative, told: Told, wanted: set[str]) -> bool:
    """Does he who would have acted, or suffered, do so in what is told, and just that?"""
    if not said.who:
        return _in_order(said, told.text, 0, wanted) and (said.we or _is_early(said, told, wanted))
    if said.is_passive and _is_object(said, told):
        return True
    start = subjects.predicate(said.who, told.text)
    if start is None:
        return False
    forms, verb = subjects.after_auxiliaries(told.text, start)
    is_passive = bool(_BE_FORMS & set(forms))
    word = WORD.match(told.text, verb)
    if word is None or not _is_one(root(word.group()), said.what[:1], wanted):
        return False
    if word.group().lower().endswith("ing"):
        is_passive = False
    elif not forms and said.is_passive:  # "officer shot near the mall"
        is_passive = _NO_OBJECT.match(told.text, word.end()) is not None and not told.target
    return is_passive == said.is_passive and _in_order(said, told.text, verb, wanted)


def _is_object(said: Negative, told: Told) -> bool:
    """ "They shot the officer" against "no officer was shot"."""
    words = roots(told.target or "")
    is_whole = bool(words) and words[-1] == said.who[-1] and set(said.who) <= set(words)
    return is_whole and not PREPOSITION.search(told.target or "") and _is_verb_first(said, told)


def _is_verb_first(said: Negative, told: Told) -> bool:
    """Does what was denied stand before whom it is done to?"""
    words = told.words
    return bool(said.what) and words.index(said.what[0]) < words.index(said.who[-1])


def _is_early(said: Negative, told: Told, wanted: set[str]) -> bool:
    """Is what was denied what "they", or the one whom the claim tells of, does?"""
    first = [w for w in WORD.findall(told.text) if w.lower() not in EMPTY][:_EARLY]
    return any(_is_one(root(w), said.what[:1], wanted) for w in first)


def _is_one(word: str, of: Sequence[str], wanted: set[str]) -> bool:
    return any(word == one or word in _covers(one, wanted) for one in of)


def _in_order(said: Negative, text: str, start: int, wanted: set[str]) -> bool:
    """Do the words of what was denied follow each other, hardly anything between them?"""
    left, between = list(said.what), 0
    for token in WORD.finditer(text, start):
        if not left:
            return True
        if _is_one(root(token.group()), left[:1], wanted):
            left.pop(0)
            between = 0
        elif token.group().lower() not in EMPTY and len(left) < len(said.what):
            between += 1
            if between > _APART:
                return False
    return not left


def _is_of(speaker: Source, told: Told) -> bool:
    """Is it told of those who say "we"?"""
    if _THEY.match(told.text):
        return True
    own = {*roots(speaker.name), *roots(_OURS.get(speaker.kind, ""))}
    return bool(own & set(roots(told.actor)))
