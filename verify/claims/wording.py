"""How a facet is worded as a claim, and what its wording tells of it: language, media, emptiness.

Words are only left out, or led back to what they stand for; nothing is added that is not said.
"""

from __future__ import annotations

import re

from verify import events
from verify import text as plain
from verify.claims import checkable, fragments
from verify.claims.facets import Facet
from verify.claims.segments import Segment
from verify.claims.tree import Tree
from verify.claims.verbs import is_participle, past_of
from verify.claims.voices import Voice
from verify.values import OFFICIAL, Kind

_MEDIA = re.compile(
    r"\b(?:footage|videos?|photos?|photographs?|pictures?|images?|clips?|livestream|screenshots?|"
    r"recordings?|satellite imagery)\b",
    re.I,
)
_NO_MORE = re.compile(
    r"^(?:still )?(?:awaiting|waiting for|pending) (?:\w+ )?(?:confirmation|verification|"
    r"details)\b|"
    r"\btoo (?:early|soon) to (?:say|tell|know|determine|speculate|judge|confirm|assess)\b|"
    r"^(?:it|he|she|they|we|i|the \w+) (?:is|was|are|were) (?:\w+ )?aware of\b|"
    r"^(?:it|he|she|they|we|i|the \w+|officials|police|investigators|authorities) (?:did|do|"
    r"does|had|have|has|"
    r"was|were|is|are|could|can)(?: not|n['’]t| no) (?:yet |immediately |currently )?(?:know|"
    r"aware of|"
    r"say (?:what|who|how|whether|if|when|where|why)|information (?:on|about|whether)|"
    r"sure (?:what|who|how|whether|if|why)|clear (?:what|who|how|whether|if|why))\b|"
    r"\b(?:no|any|without|further|more|additional|other)\b[\w ]{0,24}\bdetails?\b|\belaborat\w+|"
    r"\bno (?:further|other|more|additional) (?:information|comment)\b|"
    r"^(?:[\w’'-]+ ){0,3}?(?:is|are|was|were|['’](?:re|s))? ?still (?:counting|assessing|"
    r"investigating|looking into|gathering|evaluating|(?:trying|working|seeking) to "
    r"(?:find out|determine|verify|establish|identify|confirm|work out|piece together))\b",
    re.I,
)
_ABOUT_ITSELF = re.compile(
    r"(?:its|his|her|their|the|a|this)\s+"
    r"(?:statements?|announcements?|comments?|remarks?|reports?)\s+"
    r"(?:came|comes|followed|follows|was|were|is|did)\b",
    re.I,
)
_FEELING = re.compile(
    r"^(?:\w+\W+){0,6}?(?:(?:deeply |strongly |profoundly |sincerely )?"
    r"(?:regrets?|deplores?|mourns?|grieves?|sympathi[sz]es?)\b|"
    r"(?:is|are|was|were|am|feels?|felt) (?:\w+ly )?(?:alarmed|saddened|shocked|appalled|"
    r"concerned|worried|grateful|proud|sorry|outraged|horrified|devastated|heartbroken|"
    r"hopeful|confident|pleased|delighted|disgusted|pained)\b|"
    r"(?:thoughts|hearts?|prayers|condolences)\b.{0,40}\b(?:with|to|go)\b)",
    re.I,
)
_TO_COME = re.compile(
    r"\b(?:would|will|is going to|are going to|shall)\b(?! (?:not )?have\b)", re.I
)
_HAS_BEEN = re.compile(r"\b(?:has|have|had|was|were|did)\b", re.I)
#: Verbs that say what somebody thinks of a thing.
_CHARACTERISES = re.compile(
    r"(?:call(?:s|ed|ing)?|describ(?:e|es|ed|ing)|label+(?:s|ed)?|brand(?:s|ed)?|dub(?:s|bed)?|"
    r"hail(?:s|ed)?|prais(?:e|es|ed)|slam(?:s|med)?|condemn(?:s|ed|ing)?|blast(?:s|ed)?|"
    r"criticiz(?:e|es|ed)|criticis(?:e|es|ed)|denounc(?:e|es|ed)|welcom(?:e|es|ed)|urg(?:e|es|ed))$",
    re.I,
)
#: What a speaker wants or praises; no official can confirm it.
_RHETORIC = re.compile(
    r"\b(?:needs? (?:us|to be|a )|stands? (?:with|beside|by|in solidarity|united|firm|ready)|"
    r"our values|the values of|so nobly|(?:must|should|ought to)\b(?! have)|"
    r"declared? war on|has no place|in the face of|deserves?|committed to|hope for|spirit of|"
    r"heroes|cowardly|barbaric|heinous)\b",
    re.I,
)
#: Kind of cue → why what it governs is not checked.
_ASKS = {"demand": "an appeal: what somebody asks for", "question": "a question"}
_FRAGMENT = re.compile(
    r"(?:what|who|why|how) |(?:it|he|she|they|this|that|the \w+) (?:how|why|"
    r"what|which|whom)\b",
    re.I,
)
#: Praise and blame; without an event or a figure beside them they are all that is said.
_VALUES = re.compile(
    r"\b(?:best|worst|great|greatest|good|bad|glad|happy|proud|historic|exceptional|appropriate|"
    r"wonderful|amazing|terrible|beautiful|incredible|remarkable|outstanding|fantastic|excellent|"
    r"tremendous|disgrace\w*|shame\w*|honou?r\w*|thank\w*|congratulat\w*|sympath\w+|solidarity|"
    r"adversity|courage\w*|brave\w*|tragedy|tragic|hero|unacceptable|outrageous|ridiculous|absurd|"
    r"moved mountains|i think|i believe|in my view|important|crucial|vital|essential)\b",
    re.I,
)
#: What a headline without a verb says of somebody or something ("Driver in custody").
_STATE = re.compile(
    r"\b(?:in custody|at large|on the run|under arrest|in hospital|on fire|in flames|in lockdown|"
    r"on lockdown|under (?:attack|fire|siege|water|investigation|curfew)|in critical condition|"
    r"on the loose|off the air|out of service|out of control|at a standstill)\b",
    re.I,
)
_FATE = re.compile(
    r"(?:dead|killed|injured|wounded|missing|arrested|detained|hospitali[sz]ed)$", re.I
)
#: A predicate that lost its subject says of nobody what it says.
_HEADLESS = re.compile(
    r"(?:had|has|have|was|were|is|are|been|being|would|will|could|may|might|hearing|seeing|feeling)\s",
    re.I,
)
#: A noun phrase that takes its thing as known ("the Paris attacks"), or that there is none.
_GIVEN = re.compile(
    r"(?:the|this|that|these|those|his|her|its|their|our|\w+day['’]s|yesterday['’]s|today['’]s|"
    r"last (?:night|week|month|year)['’]s|no)\s",
    re.I,
)
_OPENS_LOOSE = re.compile(
    r"(?:he|she|it|they|we|i|you|this|that|these|those|was|were|is|are|has|have|had|the \w+)\b",
    re.I,
)
#: "He was not armed": a state or fate of somebody.
_OF_PERSON = re.compile(
    r"(?:he|she|they|it) (?:was|were|is|are|has been|have been|had been|had not been|was not|"
    r"is not|"
    r"were not|wasn['’]t|isn['’]t) (?:\w+ly )?\w+(?:ed|en|wn|ot|ead|ght)\b",
    re.I,
)
_LOOSE_WORD = re.compile(
    r"(?:he|she|it|they|we|i|you|him|her|them|us|me|who|there|here|be|is|are|was|were|been|am|has|"
    r"have|had|do|did|does|not|very|so|just|also|then|to|for|with|by|from|as|but|or|if|s|t|it['’]s|"
    r"she['’]s|he['’]s)$",
    re.I,
)
#: "put the magnitude at 7.0": what is said is that the magnitude was 7.0.
_PUTS = re.compile(
    r"(?:(?:ha[sd]|have|was|were) )?"
    r"(?:put|plac|estimat|measur|gauge|record|register|calculat)\w*\b",
    re.I,
)
_FIGURE = re.compile(
    r"^(?P<thing>[^,;\d]{2,80}?) at (?P<figure>(?:(?:about|around|nearly|over|more than|"
    r"at least|up to|"
    r"between|some|close to|just under|just over|no more than) )?(?:[$€£]?\d|one\b|two\b|three\b|"
    r"four\b|five\b|six\b|seven\b|eight\b|nine\b|ten\b|eleven\b|twelve\b)[^;]*)$",
    re.I,
)
_BARE_FIGURE = re.compile(
    r"^(?P<thing>\D{2,80}?) (?P<figure>(?:(?:about|around|nearly|over|more than|at least|"
    r"close to) )?"
    r"[$€£]?\d[\d,.]*)$"
)
_SMALL = frozenset("the a an his her its their this that these those of in on at and one".split())
_SPEAKS_ITSELF = {"it", "we", "i", "they"}
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_LETTER = re.compile(r"[^\W\d_]")
_ENGLISH = re.compile(
    r"\b(?:the|of|and|to|in|is|was|were|for|on|that|with|as|at|by|from|it|has|have|been|after|this|"
    r"are|his|her|not|but|an|said|who|will|be|they|their|near|over|amid|into|no)\b",
    re.I,
)
#: Frequent words of other languages in Latin letters that English does not have.
_FOREIGN = re.compile(
    r"\b(?:el|los|las|una|por|que|del|con|para|der|die|das|und|nicht|ist|ein|eine|mit|von|le|les|des|"
    r"une|est|dans|pour|sur|qui|il|di|che|non|per|della|nel|o|os|um|uma|na|nie|jest|się|bir|ve|"
    r"yang|dan|di|ini|het|een|van|och|att|som|det|je|se|v|na)\b",
    re.I,
)


def wording(tree: Tree, facet: Facet, voice: Voice) -> str:
    """The facet as a sentence of its own: noise gone, an accusation as what it accuses of."""
    frame = voice.frame
    if frame is not None and frame.accused and facet.root in frame.content:
        return _accusation(tree, facet, frame.accused)
    text = facet.text
    subject = [tree.tokens[i] for i in facet.subject]
    if (
        frame is not None
        and len(subject) == 1
        and subject[0].low in _SPEAKS_ITSELF
        and voice.source.kind not in {Kind.ANONYMOUS, Kind.SOCIAL, Kind.UNKNOWN}
        and events.is_attack_verb(tree.tokens[facet.root].low)
    ):
        name = tree.text(frame.source) or voice.source.name
        name = voice.source.name if name.lower() in _SPEAKS_ITSELF | {"he", "she"} else name
        text = re.sub(rf"^{re.escape(subject[0].text)}\b", lambda _: name, text, flags=re.I)
        text = re.sub(rf"^({re.escape(name)}) (have|are|were)\b", _singular, text)
    if frame is not None and _PUTS.match(frame.text) and not facet.subject:
        text = _FIGURE.sub(r"\g<thing> was \g<figure>", text)
        if frame.text.endswith(" at") and " was " not in text:
            text = _BARE_FIGURE.sub(r"\g<thing> was \g<figure>", text)
        text = re.sub(r"^[Ii]t was ", f"{_measured(tree, facet)} was ", text)
    text = fragments.completed(plain.plain_claim(text), _following(tree, facet))
    return text[:1].upper() + text[1:]


def _following(tree: Tree, facet: Facet) -> str:
    """What stands in the sentence behind a facet's last word."""
    last = tree.tokens[max(facet.words)].end if facet.words else 0
    return tree.source[last : tree.tokens[-1].end] if len(tree) else ""


def _measured(tree: Tree, facet: Facet) -> str:
    """What "it" means behind "put the magnitude at 7.0, while the survey measured it at 7.2"."""
    for token in reversed(tree.tokens[: min(facet.words, default=0)]):
        if token.kind == "obj" and token.upos == "NOUN" and tree.child(token.i, "nmod"):
            return f"The {token.text}"
    return "It"


def _singular(found: re.Match[str]) -> str:
    return f"{found[1]} {({'have': 'has', 'are': 'is', 'were': 'was'})[found[2]]}"


def _accusation(tree: Tree, facet: Facet, accused: tuple[int, ...]) -> str:
    rest = [i for i in facet.words if i not in accused]
    while rest and tree.tokens[rest[0]].low in {"of", "for", "as", "over"}:
        rest.pop(0)
    who, what = tree.text(accused), tree.text(rest)
    first = what.split(" ", 1)[0].lower() if what else ""
    if first == "being":
        what = "was" + what[5:]
    elif first == "having":
        what = "had" + what[6:]
    elif first.endswith("ing") and past_of(first) != first and len(what.split()) > 1:
        what = past_of(first) + what[len(first) :]
    elif not first.endswith("ing"):
        what = f"{_was(tree, accused)} responsible for " + what
    else:
        what = "was " + what
    text = f"{who} {what}"
    return text[:1].upper() + text[1:]


def _was(tree: Tree, who: tuple[int, ...]) -> str:
    """ "was" or "were", as the accused count."""
    inside = set(who)
    head = next((tree.tokens[i] for i in who if tree.tokens[i].head not in inside), None)
    if head is None:
        return "was"
    several = any(c.i in inside for c in tree.children(head.i, "conj"))
    plural = head.upos == "NOUN" and (
        head.low in {"men", "women", "people", "police", "children", "gunmen"}
        or (head.low.endswith("s") and not head.low.endswith(("ss", "us")))
    )
    return "were" if several or plural else "was"


def not_checkable(tree: Tree, facet: Facet, voice: Voice, text: str) -> str | None:
    """The reason why a facet is not checked; an event in two words ("Israeli airstrikes") is."""
    reason = _ASKS.get(voice.frame.kind) if voice.frame is not None else None
    if reason is not None:
        return reason
    reason = by_words(text) or fragments.why_not(text)
    characterises = voice.cue and _CHARACTERISES.match(voice.cue.split()[-1])
    if reason in {None, "an opinion"} and characterises and not _tells_scene(tree, voice):
        return "an opinion: how somebody describes it"
    if reason is not None:
        return reason
    acts = any(tree.tokens[i].upos in {"VERB", "AUX"} for i in facet.words)
    root = tree.tokens[facet.root]
    tells = root.upos == "VERB" or events.is_event(root.low)
    if root.upos in {"NOUN", "PROPN"} and _takes_as_known(tree, facet, voice, text):
        return "an event or a thing named as known; nothing is said of it"
    headless = _HEADLESS.match(text) and not facet.subject
    if headless or (voice.frame is not None and _is_bare_thing(tree, facet, voice, text)):
        return "no statement that can be checked by itself"
    if _is_fragment(text, tells) or ((facet.is_noun or not acts) and _says_little(text)):
        return "no statement that can be checked by itself"
    if voice.frame is not None and _is_to_come(text):
        return "a prediction or a plan"
    reason = checkable.why_not(text, is_post=False)
    if reason is not None and "short" in reason and len(text.split()) > 1:
        return None
    return reason


def _is_bare_thing(tree: Tree, facet: Facet, voice: Voice, text: str) -> bool:
    """Does somebody only name a thing ("16 letters"), or what is to be done ("stop the leak")?"""
    root = tree.tokens[facet.root]
    if facet.accused or re.match(r"no\b", text, re.I) or _STATE.search(text):
        return False
    if root.upos == "VERB":
        bare = text.lower().startswith(root.low) and not facet.subject
        if root.low.endswith("ing"):
            return bare and voice.source.kind in OFFICIAL
        return bare and not root.low.endswith("s") and not is_participle(root.low)
    if root.upos not in {"NOUN", "PROPN"} or events.is_event(root.low) or events.kinds(text):
        return False
    tells = {"VERB", "AUX"}
    names = any(tree.tokens[i].upos in tells for i in facet.words) or facet.is_member
    return not names and not re.search(r"\b(?:was|were|is|are)\b", text)


def _takes_as_known(tree: Tree, facet: Facet, voice: Voice, text: str) -> bool:
    """Is the facet no more than "the Paris attacks", or "no link" in nobody's mouth?"""
    given = _GIVEN.match(text)
    if given is None or facet.accused or re.search(r"\b(?:was|were|is|are)\b", text):
        return False
    if given.group().lower() == "no " and voice.source.kind in OFFICIAL:
        return False
    verbs = {"VERB", "AUX"}
    return not any(tree.tokens[i].upos in verbs and i != facet.root for i in facet.words)


def by_words(text: str) -> str | None:
    """The reason that the words of a facet alone give, whoever says it and however it is built."""
    if says_no_more(text) or _ABOUT_ITSELF.match(text):
        return "tells only how much has been said, not what happened"
    if _FEELING.search(text):
        return "an expression of feeling"
    return "an opinion" if _is_opinion(text) else None


def _tells_scene(tree: Tree, voice: Voice) -> bool:
    """ "Witnesses described seeing a truck speed up": a report, no judgement."""
    frame = voice.frame
    if frame is None or not frame.text.lower().startswith("describ"):
        return False
    after = frame.cue[-1] + 1
    return after < len(tree) and tree.tokens[after].low in {"seeing", "hearing", "how", "watching"}


def _is_bare(text: str) -> bool:
    """Does the text name neither an event nor a figure?"""
    return not events.kinds(text) and not re.search(r"\d", text)


def _is_opinion(text: str) -> bool:
    return bool(_RHETORIC.search(text) or (_is_bare(text) and _VALUES.search(text)))


def _is_fragment(text: str, tells: bool) -> bool:
    """Does the text lean on what it leaves out ("she did", "it how …")? "He was freed" tells."""
    least = 2 if tells or text[:4].lower() == "the " else 3
    if tells and _OF_PERSON.match(text):
        least = 1
    is_loose = _is_bare(text) and _OPENS_LOOSE.match(text) and _weight(text) < least
    return bool(is_loose or _FRAGMENT.match(text))


def _is_to_come(text: str) -> bool:
    """Does the text tell of the future before it tells of anything that has been?"""
    to_come, has_been = _TO_COME.search(text), _HAS_BEEN.search(text)
    return bool(to_come and (not has_been or to_come.end() < has_been.start()))


def _weight(text: str) -> int:
    """How many words of the text mean something by themselves."""
    words = re.findall(r"[A-Za-z][\w'’-]+", text)
    return sum(w.lower() not in _SMALL and not _LOOSE_WORD.match(w) for w in words)


def _says_little(text: str) -> bool:
    """A thing named without what happened to it ("The gunman")."""
    words = [w for w in re.findall(r"[A-Za-z0-9][\w'’-]*", text) if w.lower() not in _SMALL]
    if _STATE.search(text) and len(words) > 1:
        return False
    tells = any(events.is_event(w) or w[0].isdigit() or _FATE.match(w) for w in words)
    return len(words) < 3 and not tells


def says_no_more(text: str) -> bool:
    """Does the text only tell that there are no further details?"""
    return bool(_NO_MORE.search(text))


def rests_on_media(segment: Segment, text: str) -> bool:
    """Does the claim rest on a picture or video, its post's or one that the sentence speaks of?"""
    if segment.post is not None:
        return segment.post.media or bool(_MEDIA.search(segment.quote))
    return bool(_MEDIA.search(segment.quote))


def foreign(segment: Segment, language: str | None) -> str | None:
    """The reason why a sentence in another language is not checked; None for English."""
    quote = segment.quote
    letters = _LETTER.findall(quote)
    if len(letters) < 8:
        return None
    if len(_LATIN.findall(quote)) < 0.6 * len(letters):
        return "not in English, the only language these models read"
    words = re.findall(r"[^\W\d_]+", quote)
    english, other = len(_ENGLISH.findall(quote)), len(_FOREIGN.findall(quote))
    is_foreign_page = language is not None and not language.lower().startswith("en")
    if (is_foreign_page and english <= other) or (
        len(words) >= 6 and other >= 2 and other > english
    ):
        return "not in English, the only language these models read"
    return None


def tells_nothing(quote: str) -> str:
    """The reason why a sentence without a facet is not checked."""
    return "no statement that can be checked by itself"
