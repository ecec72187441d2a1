"""Words by their roots, those that mean as much having the same: "shot" and "fired", "officer" and
"police".

What `negatives` and `opposites` compare texts by. It knows single words only, and judges nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from verify import places, stem

_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*|\d[\d,.]*")
_EMPTY = frozenset(
    "a an the and or but of in on at to for from by with into onto over near inside outside as "
    "was were is are be been being am has have had having do does did done it its his her their "
    "carry carried carrying conduct conducted perform performed take took taken place set foot "
    "our my your this that these those he she they we you i him them us who which what where "
    "any some ever also too just very got get gets getting up out down off".split()
)
_SAME = (
    "use deploy employ",
    "bullet round ammunition ammo munition",
    "kill die death dead kille fatal murder massacre deceased",
    "injure injury wound hurt injured wounded",
    "explosion explode blast detonate detonation",
    "arrest detain arrested detained",
    "close shut closed closure",
    "police officer cop policeman constable policemen",
    "soldier troop army military serviceman servicemen",
    "attack strike raid assault",
    "abduct kidnap",
    "withdraw pull remove",
    "child kid boy girl",
    "person man woman driver suspect attacker gunman assailant teenager youth motorist victim",
)
#: Whoever he was: "a 19-year-old driver", "the young man".
PERSON = "person"
_IRREGULAR = {
    "shot": "shoot", "shots": "shoot", "fired": "shoot", "firing": "shoot", "gunfire": "shoot",
    "shooting": "shoot", "shootings": "shoot", "struck": "strike", "died": "die", "dead": "die",
    "fled": "flee", "bombed": "attack", "bombing": "attack", "shelled": "attack",
    "shelling": "attack", "bombs": "bomb", "explosives": "bomb", "explosive": "bomb",
    "fought": "fight", "took": "take", "taken": "take", "withdrew": "withdraw", "shut": "close",
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
    return _MEANT.get(stem.stem(low), stem.stem(low))


def _groups() -> dict[str, str]:
    return {
        stem.stem(_IRREGULAR.get(word, word)): group.split()[0]
        for group in _SAME
        for word in group.split()
    }


_MEANT: dict[str, str] = _groups()


@lru_cache(maxsize=1024)
def roots(text: str) -> tuple[str, ...]:
    """Every word of a text by its root; words that mean as much have the same."""
    return tuple(root(w) for w in _WORD.findall(text))


def content(text: str) -> tuple[str, ...]:
    """The roots of a text's words, without empty ones and the names of places."""
    named = {w for m in places.find(text) if m.role == "place" for w in _WORD.findall(m.text)}
    words = [w for w in _WORD.findall(text) if w.lower() not in _EMPTY and w not in named]
    return tuple(dict.fromkeys(root(w) for w in words))
