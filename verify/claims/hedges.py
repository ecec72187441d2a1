"""Read how surely a clause is put: modals, hedging adverbs and adjectives, conditions, reversals.

It works on words alone. It knows the traps (the month of May, permission, ability, "so-called" in a
name); it never weighs an attribution cue and never asks who speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from verify.values import Certainty

# The weaker wins; a source that says nothing of how surely is weaker only than a plain assertion.
_STRENGTH = {
    Certainty.CERTAIN: 3,
    Certainty.UNSPECIFIED: 2,
    Certainty.PROBABLE: 1,
    Certainty.POSSIBLE: 0,
}
_EVENT = (
    r"(?!(?:attack|bomb|hack|shoot|kill|murder|kidnapp|plott|raid|stabb|robb|launch|us|smuggl|abus|"
    r"hijack|poison)(?:ers?|ors?)\b|(?:terror|arson|rap)ists?\b|fire(?:fight|m[ae]n|arm)|gasoline)"
    r"(?:attack|strike|air\s?strike|bomb|blast|explosion|shoot|stab|murder|killing|kidnap|abduct|"
    r"arson|poison|hack|leak|fire|crash|collision|assault|rape|fraud|massacre|crime|war\s+crime|"
    r"overdose|suicide|sabotage|case|outbreak|infection|violation|breach|raid|theft|robbery|plot|"
    r"coup|abuse|corruption|cover-up|ambush|drowning|hijack|tornado|landslide|torture|involvement|"
    r"link|role|cause|launch|incursion|interference|meddling|misconduct|homicide|burglary|"
    r"cyber-?attack|death|casualt|use|gas|motive|presence|terror|ceasefire|detonation|spill|"
    r"execution|bribe|smuggling|sighting|tsunami|eruption|failure|malfunction)\w*"
)
_NEAR_EVENT = rf"(?:\s+[\w'’-]+){{0,3}}?\s+{_EVENT}\b"
_PEOPLE = (
    r"(?:he|she|they|we|it|police|officials?|investigators?|authorities|experts?|many|some|\w+)"
)
_PERMISSION = (
    r"(?:enter|leave|travel|gather|access|cross|attend|sell|buy|carry|visit|drive|vote|apply|"
    r"register|be\s+(?:viewed|found|reached|contacted|ordered|purchased|reproduced|published|"
    r"broadcast|rewritten|redistributed|used)|contact|submit|return|work|stay|wear|post|only)"
)
_ABILITY = (
    r"(?:be\s+(?:clearly\s+|still\s+|also\s+)?(?:heard|seen|felt|smelt|smelled|read|viewed|watched|"
    r"made\s+out|spotted|reached|contacted|found|glimpsed)|see|hear|feel|smell|sense|no\s+longer|"
    r"barely|hardly|scarcely|only|afford|tell|understand)"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A wording, how sure it leaves the clause, and whether it turns its polarity."""

    wording: re.Pattern[str]
    certainty: Certainty | None
    flips: bool = False


_P, _Q, _U, _C = (
    Certainty.PROBABLE,
    Certainty.POSSIBLE,
    Certainty.UNSPECIFIED,
    Certainty.CERTAIN,
)
# Read in order; what a rule has matched is blanked, so the longer wording stands first.
_WORDINGS: tuple[tuple[str, Certainty | None, bool], ...] = (
    # not verified (before the ability of "could not")
    (r"\b(?:could\s+|could(?=n))?(?:(?<=\s)|\b|(?<=could))(?:not|n['’]t|never|yet\s+to|cannot|"
     r"unable\s+to)\s+(?:yet\s+|immediately\s+|immediate\s+)?"
     r"(?:be\s+|been\s+|to\s+)?(?:\w+ly\s+)?(?:be\s+|been\s+)?(?:verif(?:y|ied)|confirm(?:ed)?|"
     r"corroborated?|authenticated?|substantiated?|proven|established|prove)\b", _U, False),
    (r"\b(?:has|have|had|with)\s+(?:received\s+|had\s+)?no\s+(?:\w+\s+)?(?:information|knowledge|"
     r"records?|"
     r"reports?|word|news|indication)\b|\b(?:not|n['’]t)\s+(?:\w+ly\s+)?(?:aware|know)\b|"
     r"\bunaware\b", _U, False),
    # no hedges: take them out of the way
    (r"(?-i:(?<!^)(?<![.!?]\s)\bMay\b|\b[Mm]ay\s+(?:\d{1,2}(?:st|nd|rd|th)?\b|"
     r"\d{4}))", None, False),
    (r"(?-i:\bMight\b)|\b(?:military|the|with|its|all|full|their|our|his)\s+might\b", None, False),
    (rf"\bmay\s+(?:not\s+|now\s+|also\s+)?{_PERMISSION}\b", None, False),
    (rf"\bcould\s+(?:not\s+|also\s+|still\s+)?{_ABILITY}\b", None, False),
    (r"\bcould(?:\s+not|n['’]t)\s+(?!(?:\w+ly\s+)?(?:have|be\b))", None, False),
    (r"\b(?:so(?:\s+that)?|as\s+\w+\s+as)\s+(?:\w+\s+){1,2}could\b", None, False),
    (r"\bas\s+\w+\s+as\s+possible\b|\b(?:if|where|when|whenever|wherever|best|worst|every|all|only|"
     r"earliest|latest|made\s+it|make\s+it|makes\s+it)\s+possible\b", None, False),
    (r"\b(?:more|less|least|as|equally|twice)\s+likely\s+(?:than|to\s+\w+\s+than)\b|"
     r"\blikely\s+(?:voters?|candidates?|successors?|nominees?)\b", None, False),
    (r"(?-i:\bso-called\s+(?:[“\"‘']?[A-Z]))", None, False),
    # reversals
    (r"\b(?:there\s+(?:is|was|were|are|has\s+been)\s+)?(?:no|not\s+any|n['’]t\s+any)\s+(?:\w+\s+)?"
     r"(?:truth|basis|substance|foundation)\s+(?:to|in|for|behind)\b", _C, True),
    (r"\bno\s+(?:\w+\s+){0,2}?(?:evidence|indications?|signs?|proof|suggestion|"
     r"reason\s+to\s+believe)\b"
     r"(?!\s+(?:yet\s+)?(?:was|were)\s+(?:given|provided|offered))", _P, True),
    (r"\b(?:it\s+(?:is|was)|it['’]s)\s+(?:simply\s+|just\s+)?(?:not\s+true|untrue|false|"
     r"a\s+lie)\s+that\b",
     _C, True),
    (r"\b(?:false|fake|baseless|unfounded|bogus|debunked|fabricated|discredited|untrue)\s+"
     r"(?:\w+\s+){0,2}?(?:claims?|reports?|rumou?rs?|allegations?|accusations?|stor(?:y|ies)|news|"
     r"posts?|assertions?|suggestions?)\b", _C, True),
    (r"\b(?:claims?|reports?|rumou?rs?|allegations?|accusations?|stor(?:y|ies)|suggestions?|"
     r"assertions?)\b[^.;!?]{0,90}?\b(?:is|are|was|were|as)\s+(?:\w+ly\s+|all\s+|"
     r"simply\s+)?(?:false|"
     r"fake|untrue|not\s+true|baseless|unfounded|incorrect|inaccurate|wrong|fabricated|groundless|"
     r"nonsense|lies|fiction)\b", _C, True),
    (r"\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refut(?:e|es|ed|ing)|dismiss(?:es|ed|"
     r"ing)?)\s+"
     r"(?:that|the\s+(?:claims?|reports?|allegations?|accusations?)|claims?|reports?|allegations?|"
     r"accusations?|having|any|responsibility|involvement)\b", _C, True),
    (r"\b(?:is|are|was|were|seems?|appears?)\s+(?:\w+ly\s+|very\s+)?(?:unlikely|improbable|"
     r"doubtful|not\s+likely)\b|\bunlikely\b|\b(?:is|are|was|were)(?:n['’]t|\s+not)\s+(?:\w+ly\s+|"
     r"very\s+)?likely\b|\bprobably\s+(?:not|n['’]t)\b", _P, True),
    (r"\b(?:do|does|did)(?:\s+not|n['’]t)\s+(?:\w+ly\s+)?(?:believe|think|expect|appear|seem)\b"
     r"|\b(?:is|are|was|were)(?:\s+not|n['’]t)\s+(?:\w+ly\s+)?(?:believed|thought|expected|"
     r"understood)\s+to\b",
     _P, True),
    (r"\bnothing\s+(?:(?:yet|so\s+far|else|now|currently)\s+){0,2}(?:(?:to|that)\s+)?"
     r"(?:points?|pointed|suggests?|suggested|indicates?|indicated)\b", _P, True),
    (r"\b(?:pure|complete|utter|total|absolute|sheer)\s+(?:invention|nonsense|fiction|fabrication|"
     r"fantasy|rubbish|lies?)\b", _C, True),
    # nothing of how surely
    (r"\b(?:is|was|were|are|remains?|remained|still)\s+(?:(?:still|yet|immediately|also|not|"
     r"it)\s+){0,3}"
     r"(?:un(?:clear|known|certain|confirmed|verified)|clear|known|certain)\s+"
     r"(?:whether|if|who|how|what|why|when|where|which|that)\b(?<!\bis\s(?:clear|"
     r"known)\sthat)", _U, False),
    (r"\b(?:unclear|unsure|(?:is|are|was|were|remains?|remained)\s+(?:still\s+)?unknown|"
     r"not\s+clear|not\s+known|not\s+sure|n['’]t\s+(?:clear|known|sure))\b",
     _U, False),
    (r"\b(?:no|without|await\w*|pending|lacks?|seek\w*)\s+(?:\w+\s+){0,2}?(?:confirmation|"
     r"corroboration|"
     r"verification)\b", _U, False),
    (r"\b(?:investigat|check|prob|examin|verif|establish|determin|look(?:ing|ed)?\s+into|ask|"
     r"wonder|"
     r"find\s+out|work\s+out|see)\w*\s+(?:\w+\s+){0,4}?(?:whether|if)\b|\bwhether\s+or\s+not\b|"
     r"\b(?:investigat|look|check|prob)(?:ing|es?|"
     r"s)\s+(?:into\s+)?(?:\w+\s+){0,2}?reports?\b", _U, False),
    (r"\bif\s+(?:it\s+is\s+|this\s+is\s+)?(?:confirmed|true|verified|accurate|proven|"
     r"correct)\b", _U, False),
    (r"\b(?:reportedly|allegedly|purportedly|supposedly|ostensibly|putatively|"
     r"reputedly)\b", _U, False),
    (r"\b(?:said|reported|alleged|claimed|purported|rumou?red|supposed|reputed)\s+to\s+(?:have|"
     r"be)\b",
     _U, False),
    (r"\b(?:unconfirmed|unverified|unsubstantiated|uncorroborated|conflicting|"
     r"disputed)\s+(?:\w+\s+)?"
     r"(?:reports?|claims?|rumou?rs?|allegations?|accounts?|information|footage|videos?|images?)\b|"
     r"\b(?:unconfirmed|unverified)\b", _U, False),
    (rf"\b(?:alleged|purported|supposed|rumou?red|so-called|(?<=\bthe\s)reported|"
     rf"(?<=\ba\s)reported|"
     rf"(?<=\bof\s)reported|(?<=\bthe\s)claimed|(?<=\bits\s)claimed)(?!\s+(?:that|the|an?|it|he|"
     rf"they)\b)"
     rf"{_NEAR_EVENT}", _U, False),
    (r"\b(?:rumou?rs?|allegations?)\s+(?:that|of|about)\b|\brumou?rs?\s+(?:circulat|swirl|spread|"
     r"abound)\w*|"
     r"\bamid\s+(?:\w+\s+)?(?:reports|claims|rumou?rs)\b|\b(?:there\s+(?:are|were)|aware\s+of|"
     r"receiv\w+|"
     r"got|getting|hearing)\s+(?:\w+\s+){0,2}?reports?\s+(?:that|of)\b|\b(?:some|media|early|"
     r"initial|"
     r"several|many|local)\s+reports\s+(?:say|said|suggest|suggested|indicate|indicated|claim|"
     r"claimed|of)\b",
     _U, False),
    (r"\b(?:too\s+(?:early|soon)|premature|impossible|unable|not\s+possible)\s+to\s+(?:say|tell|"
     r"know|"
     r"determine|judge|conclude)\b", _U, False),
    # probable
    (r"\b(?:everything|all\s+(?:the\s+)?(?:evidence|signs|indications|clues))\s+(?:suggests?|"
     r"suggested|points?|pointed|indicates?|indicated)\b", _P, False),
    # possible
    (r"\b(?:can|could)(?:not|n['’]t|\s+not)\s+be\s+(?:\w+ly\s+)?(?:excluded|ruled\s+out|discounted|"
     r"dismissed)\b", _Q, False),
    (r"\b(?:may|might|could|would)(?:\s+not|n['’]t)\s+(?:\w+ly\s+)?have\b", _Q, True),
    (r"\b(?:may|might)(?:\s+not|n['’]t)\b", _Q, True),
    (r"\b(?:is|was|are|were|be|been|remains?|remained|as)\s+(?:only\s+|just\s+|still\s+)?(?:one|"
     r"an?|another|the)"
     r"\s+(?:\w+\s+){0,2}?(?:possibilit|hypothes[ei]s|theor(?:y|ies)|scenario|"
     r"conjecture)\w*", _Q, False),
    (r"\b(?:is|was|are|were|remains?|remained|seemed|seems)\s+(?:\w+ly\s+|also\s+|"
     r"of\s+course\s+|still\s+)?(?:conceivable|possible)\b"
     r"(?!\s+to\b)", _Q, False),
    (r"\b(?:may|might)(?:\s+not|n['’]t)?\b", _Q, False),
    (r"\bcould(?:\s+not|n['’]t)?\b", _Q, False),
    (r"\bwould\s+(?:\w+ly\s+|never\s+|not\s+)?have\b|\bwould['’]ve\b", _Q, False),
    (r"\b(?:not|n['’]t|never|yet\s+to|to|cannot)\s+(?:\w+ly\s+)?(?:be\s+|been\s+)?rul(?:e|ed|"
     r"ing)\s+out\b|"
     r"\bnot\s+ruling\s+out\b", _Q, False),
    (r"\b(?:possibly|perhaps|maybe|potentially|conceivably)\b", _Q, False),
    (r"\b(?:it\s+(?:is|was|'s|remains)|it['’]s)\s+(?:also\s+|still\s+|entirely\s+|"
     r"quite\s+)?(?:possible|"
     r"conceivable|feasible)\b(?!\s+to\b)", _Q, False),
    (r"\b(?:the|a|any|one|another|no|strong|raise[sd]?|raising)?\s*possibilit(?:y|ies)\s+(?:that|"
     r"of)\b|"
     r"\b(?:a|the|every)\s+(?:\w+\s+)?chance\s+that\b", _Q, False),
    (rf"\b(?:possible|potential|feared){_NEAR_EVENT}|\bfeared\s+(?:dead|killed|drowned|lost|"
     rf"trapped|"
     r"missing|injured|buried|to)\b|\bfeared\s+(?:that|he|she|they|it)\b", _Q, False),
    (r"\b(?:fears?|speculation|speculat(?:ed?|es|ing)|worr(?:y|ies|ied))\s+(?:that|of|it|over|"
     r"whether)\b",
     _Q, False),
    (rf"\b{_PEOPLE}\s+(?:fears?|feared)\s+(?:that\b|(?:\w+\s+){{1,4}}(?:was|were|had|has|have|is|"
     rf"are)\b)",
     _Q, False),
    (r"\bin\s+(?:what|which)\s+(?:may|might|could)\b|\bas\s+(?:if|though)\b", _Q, False),
    # probable
    (r"\b(?:probably|presumably|apparently|seemingly|evidently|doubtless|likely|arguably|"
     r"almost\s+certainly|in\s+all\s+(?:likelihood|probability)|tentatively)\b", _P, False),
    (r"\b(?:appear|seem)(?:s|ed|ing)?\s+(?:to|that|as|like|likely)\b|\bit\s+(?:appear|seem)(?:s|"
     r"ed)\b|"
     r"\b(?:look|sound)(?:s|ed)?\s+(?:like|as\s+if|as\s+though)\b|\bwould\s+(?:appear|"
     r"seem)\b", _P, False),
    (r"\b(?:believed|thought|understood|presumed|assumed|suspected|considered|estimated|deemed)\s+"
     r"(?:to\b(?!\s+(?:himself|herself))|dead|drowned|killed|responsible|that)\b|\b(?:is|was|are|"
     r"were|been)\s+"
     r"suspected\s+(?:of|by)\b", _P, False),
    (r"\b(?:it|what)\s+(?:is|was)\s+(?:widely\s+|generally\s+)?(?:believed|thought|understood|"
     r"assumed)\b",
     _P, False),
    (rf"\b(?:suspected|presumed|apparent|probable)(?!\s+(?:that|the|an?|it|he|they|"
     rf"of)\b){_NEAR_EVENT}", _P, False),
    (rf"\b{_PEOPLE}\s+(?:believes?|believed|thinks?(?!\s+tank)|thought|suspects?|"
     rf"suspected(?=\s+(?:that|the|an?|he|"
     rf"she|it|they|his|its|there)\b)|assumes?|assumed(?=\s+that)|"
     r"reckons?|reckoned)\s+(?:that\b|(?!in\b|of\b|about\b|to\b|"
     r"twice\b)(?:[\w'’-]+\s+){1,6}?(?:was|were|"
     r"had|has|have|is|are|did|would|may|might|will|\w+ed)\b)", _P, False),
    (r"\b(?:evidence|indications?|signs?|findings?|data|footage|images?|analysis|results?|"
     r"intelligence|information|assessments?)\s+(?:\w+\s+){0,2}?(?:suggest|indicat|point)(?:s|ed|"
     r"ing|e|es)\b",
     _P, False),
    (r"\b(?:preliminary|initial|early|provisional)\s+(?:\w+\s+)?(?:findings?|information|"
     r"indications?|"
     r"assessments?|estimates?|investigations?|results?|inquiry|probe|evidence|intelligence)\b",
     _P, False),
    (r"\bmust\s+have\s+(?:been|\w+ed|come|gone|taken)\b|\b(?:I|we)\s+(?:think|believe|guess|"
     r"suppose|"
     r"suspect|reckon)\b|\bexpected\s+to\b|\bcan(?:not|['’]t)\s+have\b", _P, False),
)  # fmt: skip
#: No hedge without one of these letters: most clauses of an article are done after one search.
_TRIGGER = re.compile(
    r"unaware|\b(?:may|might|could|would|must|not|never|no|cannot|unable|yet|pending|without|"
    r"await|seek|"
    r"lack|"
    r"if|whether|so-called)\b|n['’]t|un(?:clear|known|sure|likely|con|ver|sub|cor|fou|tru)|"
    r"\bclear|\bknown|\bcertain|edly\b|possib|perhaps|maybe|potential|conceiv|feasib|hypothes|"
    r"theor|scenario|conject|chance|fear|"
    r"specul|worr|probab|presum|appar|seem|evident|doubt|likel|arguab|almost|tentativ|appear|look|"
    r"sound|believ|thought|think|understood|assum|suspect|consider|estimat|deem|reckon|guess|"
    r"suppos|"
    r"suggest|indicat|point|prelim|initial|early|provis|expect|rumou?r|alleg|claim|report|purport|"
    r"reput|false|fake|baseless|bogus|debunk|fabricat|discredit|lie\b|den(?:y|ie)|reject|refut|"
    r"dismiss|"
    r"dispute|conflict|investigat|check|prob|examin|improb|ostens|putat|rul(?:e|ing)|as (?:if|"
    r"though)|said",
    re.I,
)
# What a clause inherits from the sentence around it: an opening adverb, a closing condition.
_OPENING = re.compile(
    r"^\W*(apparently|reportedly|allegedly|possibly|perhaps|maybe|probably|presumably|seemingly|"
    r"supposedly|unconfirmed(?:\s+\w+){0,3}?\s*:|unconfirmed\s+reports?|it\s+(?:appears|seems|"
    r"is\s+possible|is\s+likely|is\s+believed|"
    r"is\s+thought)\b)",
    re.I,
)
_CONDITION = re.compile(r"\bif\s+(?:confirmed|true|verified|accurate|proven|correct)\b", re.I)


@cache
def _rules() -> tuple[_Rule, ...]:
    return tuple(_Rule(re.compile(w, re.I), sure, flips) for w, sure, flips in _WORDINGS)


def weaker(one: Certainty, other: Certainty | None) -> Certainty:
    """Return the less sure of two; None is no hedge at all."""
    if other is None:
        return one
    return min(one, other, key=_STRENGTH.__getitem__)


def scope(
    text: str, start: int, end: int, sentence: str
) -> tuple[Certainty | None, bool, list[str]]:
    """Return the certainty that the words of `text[start:end]` leave (None: nothing hedges it).

    Then whether they turn the polarity of what is said, and the hedging words in reading order.
    An opening "Reportedly, …" or a closing "if confirmed" of the sentence counts too.
    """
    clause = text[start:end]
    sure, flips, places = _read_clause(clause)
    hedges = [words for _, words in sorted(places)]
    if sentence != clause:
        for outer in (_OPENING.search(sentence), _CONDITION.search(sentence)):
            if outer and outer[0].strip(" :").lower() not in clause.lower():
                hedges.append(outer[0].strip(" :"))
                outer_sure = _read_clause(outer[0])[0] or Certainty.UNSPECIFIED
                sure = outer_sure if sure is None else weaker(sure, outer_sure)
    if clause.rstrip(" \"'”’)").endswith("?"):
        sure = Certainty.UNSPECIFIED if sure is None else weaker(sure, Certainty.UNSPECIFIED)
    return sure, flips, hedges


@lru_cache(maxsize=1024)
def _read_clause(clause: str) -> tuple[Certainty | None, bool, tuple[tuple[int, str], ...]]:
    sure: Certainty | None = None
    flips, places = False, []
    if not _TRIGGER.search(clause):
        return None, False, ()
    for rule in _rules():
        found = rule.wording.search(clause)
        while found:
            place, words = found.span(), " ".join(found[0].split())
            clause = clause[: place[0]] + " " * (place[1] - place[0]) + clause[place[1] :]
            if rule.certainty is not None:
                places.append((place[0], words))
                flips ^= rule.flips
                if rule.certainty is not Certainty.CERTAIN:
                    sure = rule.certainty if sure is None else weaker(sure, rule.certainty)
            found = rule.wording.search(clause, place[1])
    return sure, flips, tuple(places)
