"""Verb forms that a facet needs when it becomes a sentence of its own; never any meaning.

A short table of irregular verbs of news language, and the spelling rules of English for the rest.
"""

from __future__ import annotations

_IRREGULAR = {
    "leaving": "left", "bringing": "brought", "sending": "sent", "making": "made", "taking": "took",
    "giving": "gave", "losing": "lost", "winning": "won", "hitting": "hit", "striking": "struck",
    "shooting": "shot", "setting": "set", "cutting": "cut", "burning": "burned", "sinking": "sank",
    "breaking": "broke", "driving": "drove", "forcing": "forced", "causing": "caused",
    "falling": "fell", "becoming": "became", "being": "was", "having": "had",
    "saying": "said", "telling": "told", "holding": "held", "blowing": "blew",
    "tearing": "tore", "sweeping": "swept", "spreading": "spread", "putting": "put",
    "letting": "let",
    "leading": "led", "keeping": "kept", "meeting": "met", "finding": "found", "seeing": "saw",
    "going": "went", "coming": "came", "running": "ran", "beginning": "began", "dying": "died",
    "lying": "lay", "bursting": "burst", "fleeing": "fled", "fighting": "fought",
    "freezing": "froze",
    "stealing": "stole", "selling": "sold", "buying": "bought", "paying": "paid",
    "building": "built",
    "doing": "did", "knocking": "knocked", "ripping": "ripped", "trapping": "trapped",
    "stopping": "stopped", "dropping": "dropped", "beheading": "beheaded", "catching": "caught",
    "crippling": "crippled", "standing": "stood", "feeling": "felt", "wearing": "wore",
    "hiding": "hid", "riding": "rode", "rising": "rose", "drinking": "drank",
    "eating": "ate", "flying": "flew", "growing": "grew", "knowing": "knew", "singing": "sang",
    "sleeping": "slept", "swimming": "swam", "throwing": "threw", "waking": "woke",
    "hurting": "hurt",
    "marching": "marched", "showing": "showed", "calling": "called", "prompting": "prompted",
    "spending": "spent", "speaking": "spoke", "teaching": "taught", "writing": "wrote",
}  # fmt: skip
#: Verbs that have no passive: a conjoined one never borrows "was" from its neighbour.
INTRANSITIVE = frozenset(
    "collapsed died fell exploded erupted fled escaped crashed sank vanished disappeared emerged "
    "arrived began started continued rose remained survived happened occurred went came appeared "
    "derailed drowned perished burst sounded stood".split()
)
_VOWELS = "aeiou"


def past_of(participle: str) -> str:
    """The simple past of an -ing form: "killing" → "killed", "leaving" → "left"."""
    low = participle.lower()
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if not low.endswith("ing") or len(low) < 5:
        return participle
    stem = low[:-3]
    if len(stem) > 2 and stem[-1] == "y" and stem[-2] not in _VOWELS:
        return stem[:-1] + "ied"
    return stem + ("d" if stem[-1] == "e" else "ed")


def is_participle(word: str) -> bool:
    """Does the word look like a past participle or past form?"""
    low = word.lower()
    return low.endswith(("ed", "en", "wn", "ne", "ught", "ung", "unk")) or low in {
        "hit", "shot", "cut", "hurt", "set", "made", "held", "sent", "left", "lost", "built",
        "found", "put", "struck", "burnt", "torn", "swept", "shut", "led", "paid", "sold", "begun",
    }  # fmt: skip
