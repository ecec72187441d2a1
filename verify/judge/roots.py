"""Words by their roots, those that mean as much having the same: "killed" and "died", "officer" and
"police".

What `negatives` and `opposites` compare texts by. It knows single words only, and judges nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from verify import places, stem

WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*|\d[\d,.]*")
EMPTY = frozenset(
    "a an the and or but of in on at to for from by with into onto over near inside outside as "
    "was were is are be been being am has have had having do does did done it its his her their "
    "carry carried carrying conduct conducted perform performed take took taken place set foot "
    "our my your this that these those he she they we you i him them us who which what where "
    "any some ever also too just very got get gets getting up out down off".split()
)
_SAME = (
    "use deploy employ",
    "bullet ammunition ammo munition",
    "kill die fatal murder massacre deceased",
    "injure wound hurt",
    "explosion explode blast detonate",
    "arrest detain",
    "police cop policeman constable policemen",
    "soldier troop army military serviceman servicemen",
    "attack strike raid assault",
    "abduct kidnap",
    "child kid",
    "person man driver motorist youth teenager",
)
#: Whoever he was: "a 19-year-old driver", "the young man".
PERSON = "person"
_IRREGULAR = {
    "shot": "shoot", "shots": "shoot", "shooting": "shoot", "shootings": "shoot",
    "fired": "firing", "struck": "strike", "died": "die", "dies": "die", "dead": "die",
    "officer": "police", "officers": "police", "rounds": "bullet",
    "closed": "shut", "closure": "shut", "deaths": "die", "death": "die",
    "fled": "flee", "bombed": "attack", "bombing": "attack", "shelled": "attack",
    "shelling": "attack", "bombs": "bomb", "explosives": "bomb", "explosive": "bomb",
    "fought": "fight", "took": "take", "taken": "take", "withdrew": "withdraw",
    "withdrawn": "withdraw", "broke": "break", "broken": "break", "stolen": "steal", "blew": "blow",
    "blown": "blow", "held": "hold", "left": "leave", "burnt": "burn", "caught": "catch",
    "children": "child", "men": "man", "women": "woman", "people": "person", "sank": "sink",
    "sunk": "sink", "lit": "light", "torn": "tear", "drove": "drive", "driven": "drive",
    "fell": "fall", "fallen": "fall", "threw": "throw", "thrown": "throw", "beaten": "beat",
}  # fmt: skip


@lru_cache(maxsize=10_000)
def root(word: str) -> str:
    """A word without its endings; words that mean as much have one root."""
    low = word.lower().replace("’", "'").removesuffix("'s").strip("'-")
    low = _IRREGULAR.get(low, low)
    if low in {"firing", "closing", "close"}:  # no endings: a fire is no firing, near is not shut
        return low
    return _MEANT.get(stem.stem(low), stem.stem(low))


def _groups() -> dict[str, str]:
    """Every word's stem with its group's first word; no stem may stand in two groups."""
    found: dict[str, str] = {}
    for group in _SAME:
        for word in group.split():
            first = found.setdefault(stem.stem(_IRREGULAR.get(word, word)), group.split()[0])
            if first != group.split()[0]:
                raise ValueError(f"{word} means as much as {first} and as {group.split()[0]}")
    return found


_MEANT: dict[str, str] = _groups()


@lru_cache(maxsize=1024)
def roots(text: str) -> tuple[str, ...]:
    """Every word of a text by its root; words that mean as much have the same."""
    return tuple(root(w) for w in WORD.findall(text))


def content(text: str, without: frozenset[str] = frozenset({"place"})) -> tuple[str, ...]:
    """The roots of a text's words, without empty ones and the names of places (and of peoples)."""
    named = {w for m in places.find(text) if m.role in without for w in WORD.findall(m.text)}
    words = [w for w in WORD.findall(text) if w.lower() not in EMPTY and w not in named]
    return tuple(dict.fromkeys(root(w) for w in words))
