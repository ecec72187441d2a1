"""Words for events and acts, by what they are: attacks, casualties, successes; never who did them.

Kept as stems with the spelling rules of English, so that "struck", "strikes" and "airstrike" meet.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ATTACK = (
    r"(?:air|missile|rocket|drone|mortar|artillery)?[- ]?"
    r"(?:strike|strikes|raid|raids|attack|attacks)|"
    r"airstrikes?|air-strikes?|bombing|bombings|bombardment|shelling|assault|offensive|ambush|"
    r"shooting|shootings|killing|killings|massacre|assassination|execution|executions|stabbing|"
    r"explosions?|blasts?|detonations?|incursion|invasion|raid|raids|operation|operations|launch|"
    r"launches|barrage|hijacking|kidnapping|abduction|abductions|crackdown|beating|arrest|arrests|"
    r"detention|detentions|clash|clashes|fighting|gunfire|gunfight|shootout|siege|coup|riot|riots"
)
_EVENT = _ATTACK + (
    r"|fires?|blaze|wildfires?|bushfires?|floods?|flooding|landslides?|mudslides?|earthquakes?|"
    r"quakes?|tremors?|aftershocks?|tsunami|eruption|eruptions|storms?|hurricane|cyclone|typhoon|"
    r"tornado|tornadoes|avalanche|drought|outbreak|outbreaks|epidemic|pandemic|crash|crashes|"
    r"collision|derailment|collapse|leak|spill|outage|blackout|power cut|power cuts|protests?|"
    r"demonstrations?|rally|strike|strikes|march|unrest|violence|stampede|crush|evacuation|"
    r"evacuations|rescue|death|deaths|injuries|casualties|fatalities|talks|meeting|summit|visit|"
    r"election|elections|vote|ballot|referendum|resignation|dismissal|appointment|ceasefire|truce|"
    r"agreement|deal|withdrawal|deployment|closure|shutdown|suspension|ban|curfew|lockdown|"
    r"investigation|trial|verdict|hearing|warning|alert|failure|malfunction|accident|incident|"
    r"incidents|delays?|cancellations?|recall|release|escape|disappearance|sinking|capsizing|"
    r"cuts?|firing|downing|interception|seizure|destruction|damage|rains?|rainfall|heatwave|"
    r"infections?|cases|poisoning|theft|robbery|hack|cyberattack|cyberattacks|breach|sabotage"
)
_IS_EVENT = re.compile(rf"(?:{_EVENT})$", re.I)
_IS_ATTACK = re.compile(rf"(?:{_ATTACK}|fire|fires|rockets?|missiles?|bombs?|drones?)$", re.I)
_ATTACK_VERB = re.compile(
    r"(?:attack|bomb|shell|strik|struck|hit|target|fir(?:e|ed|ing|es)$|launch|shot|shoot|kill|"
    r"murder|massacr|ambush|raid|storm|invad|assault|stab|abduct|kidnap|bombard|detonat|destroy|"
    r"wound|injur|arrest|detain|seiz|carr(?:y|ied)|conduct|assassinat|execut|torch|behead|"
    r"blew|blow|behind|sabotag|hack|poison|down|intercept|clash|beat)",
    re.I,
)
_SUCCESS = re.compile(
    r"\b(?:intercept\w*|shot down|shoot(?:ing)? down|down(?:ed|ing)|brought down|"
    r"bring(?:ing)? down|"
    r"repel\w*|repuls\w*|thwart\w*|foil\w*|neutrali[sz]\w*|eliminat\w*|liberat\w*|recaptur\w*|"
    r"retak\w*|retook|captur\w*|defeat\w*|took out|taken out|wiped out|suppress\w*|"
    r"jammed|confronted|resisted|averted|prevented|destroy\w*)\b",
    re.I,
)
_ENEMY = re.compile(
    r"\b(?:terrorists?|militants?|enem(?:y|ies)|hostile|fighters?|insurgents?|rebels?|saboteurs?|"
    r"invaders?|jihadists?|extremists?|mercenar\w+|occupiers?|troops|soldiers|servicemen|missiles?|"
    r"rockets?|drones?|UAVs?|projectiles?|warplanes?|aircraft|tanks?|targets?|positions|bases?|"
    r"refiner(?:y|ies)|airfields?|warehouses?|headquarters|arsenals?|"
    r"depots?|batteries|launchers?|gunmen|bandits)\b",
    re.I,
)
_HIT = re.compile(r"\b(?:hit|hits|hitting|damaged|disabled|set ablaze|put out of action)\b", re.I)
_HARMED = r"(?:kill\w*|wound\w*|injur\w*|shot|eliminat\w*|destroy\w*|hit)"
_HARM = re.compile(rf"\b{_HARMED}\b", re.I)
_EXPLAINS = re.compile(
    r"\b(?:(?:was|were|is|are|be|been|being) (?:\w+ ){0,3}(?:the )?(?:results?|work|sound|cause|"
    r"consequence|product|doing)\b|caused by|result(?:s|ed)? (?:of|from)|due to|because of|"
    r"triggered by|sparked by|attributed to|blamed on|stemmed from|the sound of|"
    r"(?:was|were|is|are|be|been) (?:\w+ ){0,2}(?:an?|the) (?:\w+ ){0,3}"
    r"(?:air ?strikes?|attack|bomb|"
    r"explosion|leak|accident|fault|missile|rocket|test|drill|exercise|act|hoax|lightning|"
    r"earthquake|malfunction|failure|fire|blast|meteor\w*|fireworks|sabotage|arson|suicide|"
    r"thunder|firecrackers|backfire|sonic boom))",
    re.I,
)


def is_event(word: str) -> bool:
    """Is the noun a word for something that happens?"""
    low = word.lower().lstrip("#")
    return bool(_IS_EVENT.match(low)) or (low.endswith("ing") and len(low) > 6)


def is_attack(word: str) -> bool:
    """Is the noun a word for an attack, or for what is used in one?"""
    return bool(_IS_ATTACK.match(word.lower().lstrip("#")))


def is_attack_verb(word: str) -> bool:
    """Is the verb one of doing somebody or something harm, or of warding it off?"""
    return bool(_ATTACK_VERB.match(word))


def is_success(text: str) -> bool:
    """Does the text tell of a success in a fight: an interception, or losses inflicted on a foe?"""
    if re.search(r"\bstrik\w+|\bstruck|\battack(?:ed|s)?\b", text, re.I) and not re.search(
        r"\b(?:destroy|intercept|eliminat|kill|down)", text, re.I
    ):
        return False
    if _HIT.search(text) and _ENEMY.search(text):
        return True
    found = _SUCCESS.search(text)
    if found and not found.group().lower().startswith("destroy"):
        return True
    return _is_foe_harmed(text)


_AS_FOE = re.compile(
    rf"[^.,;]{{0,40}}?(?:\b(?:was|were|been|being|is|are)\b[^.,;]{{0,30}}?\b{_HARMED}\b"
    rf"|\b{_HARMED}\b(?=\s*(?:[.,;:]|$|(?:in|by|near|at|on|during|as|after|over|when|and)\b)))",
    re.I,
)


def _is_foe_harmed(text: str) -> bool:
    """ "They killed gunmen", "ten gunmen were killed"; not "gunmen killed a candidate"."""
    for enemy in _ENEMY.finditer(text):
        before = text[: enemy.start()]
        harm = _HARM.search(before)
        if harm and not re.search(r"\bby\b", before[harm.end() :], re.I):
            return True
        if _AS_FOE.match(text, enemy.end()):
            return True
    return False


_JUSTIFIES = re.compile(
    r"\bin (?:\w+ )?self-?defen[cs]e\b|\bin fear (?:for|of) (?:his|her|their|its)\b|"
    r"\bfear(?:ed|ing)? for (?:his|her|their) (?:life|lives|safety)\b|\breturn(?:ed|ing) fire\b|"
    r"\bonly after\b|\bno (?:other )?choice\b|\b(?:was|were|been) forced to\b|\bwarning shots?\b|"
    r"\bproportionate\b|\bjustified\b|\blawful(?:ly)?\b|\bposed (?:an? )?(?:\w+ )?threat\b|"
    r"\bto protect (?:themselves|himself|herself|their|his|her)\b",
    re.I,
)
_MENACES = re.compile(
    r"\b(?:point(?:ed|ing)|aim(?:ed|ing)|brandish\w+|lung(?:ed|ing)|charg(?:ed|ing) (?:at|"
    r"towards?)|"
    r"reach(?:ed|ing) for|(?:driven|drove|driving) .{0,30}\b(?:at|towards?|into)|"
    r"(?:tried|trying|attempted) to (?:run|stab|ram|grab)|resist(?:ed|ing) arrest|"
    r"refus(?:ed|ing) to drop|threaten(?:ed|ing))\b",
    re.I,
)
_OFFICERS = re.compile(
    r"\b(?:police\w*|officers?|constables?|deput(?:y|ies)|agents?|soldiers?|troops?|guards?|gun|knife|"
    r"handgun|rifle|pistol|weapon|arrest)\b",
    re.I,
)


def justifies(text: str) -> bool:
    """Does the text give a reason why force was right: self-defence, or a menace to officers?"""
    return bool(_JUSTIFIES.search(text) or (_MENACES.search(text) and _OFFICERS.search(text)))


def explains(text: str) -> bool:
    """Does the text say what something was or what caused it?"""
    return bool(_EXPLAINS.search(text))


#: Words that may tell of the same kind of event; a statement that shares none with a claim is
#: about something else, whatever the vectors say.
_KINDS = {
    "strike": r"air ?-?strik\w*|strik(?:e|es|ing)|struck|raid\w*|bomb\w*|shell(?:ed|ing|s)|"
    r"missiles?|target(?:ed|ing)|attack\w*|assault\w*|drones?|UAVs?|artillery|barrage",
    "interception": r"intercept\w*|(?:shot|shoot\w*|brought|bring\w*) down|down(?:ed|ing)|repel\w*|"
    r"resist\w*|confront\w*|neutrali[sz]\w*|air defen[cs]e\w*|thwart\w*|foil\w*",
    "launch": r"launch\w*|fir(?:ed|ing)|rockets?|missiles?|test(?:ed|-fir\w*)",
    "explosion": r"explo\w+|blasts?|deton\w*|blew up|bomb\w*",
    "fire": r"fires?|blaze\w*|burn\w*|flames?|smoke|arson|torched|wildfire\w*|inferno",
    "shooting": r"shoot\w*|shot|gunm[ae]n|gunfire|opened fire|shooters?",
    "death": r"kill\w*|dead|die[ds]?|death\w*|fatalit\w*|casualt\w*|victims?|toll|bodies|murder\w*|"
    r"massacre\w*|perish\w*|deceased|fatally|martyr\w*|passed away",
    "injury": r"injur\w*|wound\w*|hurt|casualt\w*|hospitali[sz]\w*",
    "arrest": r"arrest\w*|detain\w*|custody|apprehend\w*|seiz\w*|captur\w*|in custody|charged",
    "quake": r"earthquake\w*|quake\w*|tremor\w*|magnitude|aftershock\w*|seismic",
    "flood": r"flood\w*|inundat\w*|overflow\w*|dam|levee|swollen",
    "slide": r"landslide\w*|mudslide\w*|avalanche\w*",
    "tsunami": r"tsunami\w*",
    "storm": r"storm\w*|hurricane\w*|typhoon\w*|cyclone\w*|tornado\w*",
    "crash": r"crash\w*|collid\w*|collision\w*|derail\w*|overturn\w*|plung\w*|wreck\w*",
    "collapse": r"collaps\w*|cav(?:e|ed) in|crumbl\w*",
    "disease": r"outbreak\w*|infect\w*|cases?|virus\w*|disease\w*|epidemic\w*|cholera|ebola|"
    r"marburg|measles|covid\S*|polio",
    "evacuation": r"evacuat\w*|displac\w*|fled|flee\w*|shelter\w*",
    "closure": r"clos(?:ed?|ing|ure\w*)|shut\w*|suspend\w*|halt\w*|cancel\w*|reopen\w*|block\w*",
    "outage": r"power|blackout\w*|outage\w*|electricity|internet|offline",
    "protest": r"protest\w*|demonstrat\w*|rall(?:y|ies)|march\w*|riot\w*|unrest",
    "clash": r"clash\w*|fight(?:ing|s)?|battle\w*|skirmish\w*|fought",
    "advance": r"advanc\w*|captur\w*|seiz\w*|control|took over|withdr[ae]w\w*|retreat\w*|"
    r"liberat\w*",
    "vote": r"vot(?:e[ds]?|ing|ers?)|election\w*|ballot\w*|referendum|elected|poll(?:s|ing)?",
    "office": r"resign\w*|appoint\w*|dismiss\w*|sack\w*|fired|sworn|step(?:ped|s)? down|oust\w*",
    "abduction": r"kidnap\w*|abduct\w*|hostages?|ransom",
    "leak": r"leak\w*|spill\w*|toxic|chemical\w*|radiation|contaminat\w*",
    "deal": r"agree\w*|deal|ceasefire|truce|sign(?:ed|ing)|accord|treaty|pact",
    "sanction": r"sanction\w*|ban(?:ned|s)?|prohibit\w*|embargo",
    "hacking": r"hack\w*|cyber\S*|breach\w*|ransomware",
    "rescue": r"rescu\w*|saved|recover\w*|search",
    "sinking": r"sank|sink\w*|sunk|capsiz\w*|drown\w*",
    "weapon": r"knife|gun|rifle|explosives?|grenade\w*|bombs?|weapon\w*",
}
_KIND_OF = {name: re.compile(rf"\b(?:{words})\b", re.I) for name, words in _KINDS.items()}


@lru_cache(maxsize=10_000)
def kinds(text: str) -> frozenset[str]:
    """The kinds of event that the words of a text may tell of; empty where none is known."""
    return frozenset(name for name, pattern in _KIND_OF.items() if pattern.search(text))
