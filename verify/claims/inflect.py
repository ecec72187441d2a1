"""Inflect the English verbs and nouns of the cue lexicon.

It makes forms from a lemma, American and British; it never lemmatises, so a form that it does not
make is simply not found.
"""

from __future__ import annotations

_VOWELS = "aeiou"


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_IRREGULAR = {
    "be": "is are was were be been being am 's 're",
    "have": "has had have having 've",
    "do": "does did done doing do",
    "say": "says said saying",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "know": "knows knew known knowing",
    "write": "writes wrote written writing",
    "see": "sees saw seen seeing",
    "hear": "hears heard hearing",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "hold": "holds held holding",
    "withhold": "withholds withheld withholding",
    "win": "wins won winning",
    "feel": "feels felt feeling",
    "speak": "speaks spoke spoken speaking",
    "give": "gives gave given giving",
    "make": "makes made making",
    "swear": "swears swore sworn swearing",
    "take": "takes took taken taking",
    "leave": "leaves left leaving",
    "bring": "brings brought bringing",
    "lay": "lays laid laying",
    "foresee": "foresees foresaw foreseen foreseeing",
    "understand": "understands understood understanding",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
    "break": "breaks broke broken breaking",
    "come": "comes came coming",
    "go": "goes went gone going",
    "stand": "stands stood standing",
    "throw": "throws threw thrown throwing",
    "forbid": "forbids forbade forbidden forbidding",
    "keep": "keeps kept keeping",
    "lie": "lies lied lying",
    "tie": "ties tied tying",
    "get": "gets got gotten getting",
    "hang": "hangs hung hanging",
    "seek": "seeks sought seeking",
    "shoot": "shoots shot shooting",
    "sue": "sues sued suing",
    "weigh": "weighs weighed weighing",
    "own": "owns owned owning",
    "lean": "leans leaned leant leaning",
    "sow": "sows sowed sown sowing",
    "plead": "pleads pleaded pled pleading",
    "learn": "learns learned learnt learning",
    "broadcast": "broadcasts broadcasted broadcasting",
    "forecast": "forecasts forecasted forecasting",
    "fall": "falls fell fallen falling",
    "fight": "fights fought fighting",
    "beg": "begs begged begging",
    "refute": "refutes refuted refuting",
    "shed": "shedding sheds",
    "quiz": "quizzes quizzed quizzing",
    "counsel": "counsels counseled counselled counseling counselling",
    "signal": "signals signaled signalled signaling signalling",
    "label": "labels labeled labelled labeling labelling",
    "bet": "bets bet betting",
}
_UNCHANGED = _words("put read cast set cut let bet hit")
_DOUBLING = _words(
    "refer infer admit submit commit blog quip rebut plan slam pin dub snap log chat stop spot ban "
    "bid bar tip nod step put set cut let hit bet bat tag rap pan compel defer confer drop"
)


def verb_forms(lemma: str) -> set[str]:
    """Return a verb's forms, itself included; "-ize" is also spelt "-ise"."""
    forms = {lemma}
    if lemma in _IRREGULAR:
        forms |= set(_IRREGULAR[lemma].split())
    elif lemma in _UNCHANGED:
        forms |= {f"{lemma}s", f"{_stem(lemma)}ing"}
    else:
        forms |= {_third(lemma), _past(lemma), f"{_stem(lemma)}ing"}
    if lemma.endswith("ize"):
        forms |= {form.replace("iz", "is") for form in forms}
    return forms


def noun_forms(lemma: str) -> set[str]:
    """Return a noun's singular and plural."""
    return {lemma, _third(lemma)}


def _third(word: str) -> str:
    if word.endswith(("s", "sh", "ch", "x", "z")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return f"{lemma}d"
    if lemma.endswith("y") and lemma[-2:-1] not in _VOWELS:
        return f"{lemma[:-1]}ied"
    return f"{_stem(lemma)}ed"


def _stem(lemma: str) -> str:
    """Return what "-ing" and "-ed" are added to."""
    if lemma in _DOUBLING:
        return lemma + lemma[-1]
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return lemma[:-1]
    return lemma
