"""Who says what: source, cue and content of every attribution in a parsed sentence.

The lexicon (`cues`) finds and weighs the cue, the tree gives its source and its scope. It never
decides who a source is (`sources.resolve` does) and never says whether a claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from verify.claims import cues
from verify.claims.tree import Token, Tree
from verify.events import is_event
from verify.models.reading import Said
from verify.values import Span

#: Least probability of a cue that only the reader sees.
MODEL_ALONE = 0.6
RELATIVE = {"who", "whom", "which", "that", "whose", "where"}
PERCEIVED = re.compile(r"(?:heard?|saw|seen|sees|hears|witnessed|filmed|watched|felt|counted)$")
REPORT_NOUN = re.compile(
    r"(?:reports?|claims?|rumou?rs?|allegations?|accusations?|suggestions?|news|speculation|"
    r"information|assertions?|messages?|posts?|videos?|stor(?:y|ies)|statements?|account|accounts|fact|idea|charges?|word)$"
)
_FALSE_REPORT = re.compile(
    r"\b(?P<noun>reports?|rumou?rs?|claims?|allegations?|news|stor(?:y|ies)|messages?|posts?|videos?|"
    r"information|speculation|suggestions?)\b(?:(?P<lead>[^.;]{0,60}?)\b(?:that|of|about|saying|claiming)"
    r"\s+(?P<what>[^.;]{6,160}?))?,?\s+(?P<false>(?:is|are|was|were|being)\s+(?:\w+ly\s+|all\s+)?(?:false|"
    r"untrue|not true|fake|baseless|incorrect|wrong|unfounded|fabricated|inaccurate|lies|nonsense|"
    r"a hoax|misleading|rumou?rs))\b",
    re.I,
)
#: Passives behind which somebody unnamed speaks; "was declared", "was heard" are the author's own.
_HEARSAY = re.compile(
    r"(?:reported|rumou?red|alleged|claimed|feared|believed|said|thought|suspected|understood|"
    r"presumed|assumed|estimated|expected|considered|accused|blamed|told)$"
)
#: Prepositions that name a source; others of the lexicon ("on suspicion of") only weigh.
_CITES = re.compile(
    r"(?:according to|as per|per|citing|quoting|via|in the (?:words|view|account|opinion) of|"
    r"as (?:reported|announced|stated|claimed) by)\b",
    re.I,
)
_BY = {"by"}
#: Kinds of cue whose noun object is content where it names an event ("confirmed two deaths").
_NAMES_EVENTS = {"report", "deny", "doubt", "hedge", "accuse"}
_OPENERS, _CLOSERS = '“"«„', '”"»“'


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution in a tree: word indices of cue, source and content.

    `own` tells that the cue is itself the claim's predicate ("explosions were reported"), so its
    words stay in the claim. `kind` is the cue's kind in the lexicon; `relay` names who was told;
    `inherits` that whoever speaks around it is the source ("reports of a bomb were false").
    """

    cue: tuple[int, ...]
    kind: str
    source: tuple[int, ...] = ()
    content: tuple[int, ...] = ()
    relay: tuple[int, ...] = ()
    text: str = ""
    own: bool = False
    negated: bool = False
    accused: tuple[int, ...] = ()
    inherits: bool = False


def find(tree: Tree, said: Sequence[Said] = ()) -> list[Frame]:
    """Every attribution of the sentence, in the order of the cues; contents may nest.

    `said` is what the trained reader found; where it has a source or content, that is taken.
    """
    out: list[Frame] = []
    taken: set[int] = set()
    for start, end, cue in _cue_places(tree):
        words = tuple(t.i for t in tree.tokens if t.start < end and t.end > start)
        if "…" in cue.text:
            words = tuple(dict.fromkeys((words[0], words[-1]))) if words else ()
        if cue.kind == "accuse":
            words = words[:1] if tree.tokens[words[0]].upos == "VERB" else words
        if not words or taken & set(words):
            continue
        head = next((i for i in words if tree.tokens[i].head not in words), words[0])
        frame = _frame(tree, head, words, cue)
        if frame is not None:
            taken |= set(words)
            out.append(frame)
    for one in said:
        _joined(tree, one, out)
    taken |= {i for f in out for i in f.cue}
    out.extend(_perceptions(tree, taken))
    out.extend(_falsehoods(tree, out))
    return [_settled(tree, f, out) for f in out]


def _joined(tree: Tree, said: Said, frames: list[Frame]) -> None:
    """Take the reader's source and content into the frame of its cue, or add a frame."""
    cue = _inside(tree, (said.cue,))
    content, source = _inside(tree, said.content), _inside(tree, said.source)
    if not cue:
        return
    weighed = cues.weigh(tree.text(cue))
    if weighed is not None and weighed.part in {"adverb", "adjective"}:
        return
    for n, frame in enumerate(frames):
        if not set(frame.cue) & set(cue):
            continue
        if frame.own or frame.accused or frame.kind in {"no-comment", "accuse"}:
            frames[n] = replace(frame, source=frame.source or source)
            return
        frames[n] = replace(frame, source=source or frame.source, content=content or frame.content)
        return
    if content and (source or weighed is not None) and said.score >= MODEL_ALONE:
        kind = weighed.kind if weighed is not None else "report"
        if kind in {"report", "deny", "hedge", "doubt", "opinion", "question", "promise"}:
            rest = tuple(i for i in content if i not in cue and i not in source)
            frames.append(Frame(cue, kind, source, rest, text=tree.text(cue)))


def _inside(tree: Tree, spans: Sequence[Span]) -> tuple[int, ...]:
    return tuple(
        t.i for t in tree.tokens if any(s.start < t.end and s.end > t.start for s in spans)
    )


def _falsehoods(tree: Tree, known: list[Frame]) -> list[Frame]:
    """ "Rumours that P were false", "the messages are fake": whoever says so denies P."""
    if not tree.tokens:
        return []
    first, last = tree.tokens[0].start, tree.tokens[-1].end
    out = []
    for found in _FALSE_REPORT.finditer(tree.source[first:last]):
        at = first + found.start("noun")
        noun = next((t.i for t in tree.tokens if t.start <= at < t.end), None)
        end = first + found.end()
        verdict = [
            t.i for t in tree.tokens if first + found.start("false") <= t.start and t.end <= end
        ]
        if noun is None or any(noun in f.cue for f in known if f.kind == "deny"):
            continue
        content: tuple[int, ...] = ()
        if found["what"]:
            begin, stop = first + found.start("what"), first + found.end("what")
            content = tuple(t.i for t in tree.tokens if begin <= t.start and t.end <= stop)
        words = (noun, *verdict)
        text = f"{tree.tokens[noun].text} false"
        out.append(Frame(words, "deny", (), content, text=text, inherits=True))
    for frame in out:
        inside = set(frame.content)
        known[:] = [f for f in known if not (inside & set(f.content)) or frame.cue[0] in f.content]
    return out


def _settled(tree: Tree, frame: Frame, every: list[Frame]) -> Frame:
    """Mend what only the other attributions show: "citing", "adding"."""
    around = [f for f in every if f is not frame and frame.cue[0] in f.content]
    if tree.tokens[frame.cue[0]].low.startswith(("cit", "quoting")):
        for other in every:
            if other is not frame and set(frame.content) & set(other.cue):
                return replace(frame, content=other.content, relay=other.source)
    head = tree.tokens[frame.cue[0]]
    if around and head.kind == "advcl" and head.low.endswith("ing") and around[-1].source:
        return replace(frame, source=around[-1].source)
    inner = {
        i
        for other in every
        if other is not frame
        and other.kind == "report"
        and other.cue[0] in frame.content
        and tree.tokens[other.cue[0]].kind in {"advcl", "parataxis"}
        and (tree.tokens[other.cue[0]].low.endswith("ing") or other.source)
        for i in tree.subtree(other.cue[0])
    }
    left = tuple(i for i in frame.content if i not in inner)
    return replace(frame, content=left) if left and inner else frame


def _cue_places(tree: Tree) -> list[tuple[int, int, cues.Cue]]:
    if not tree.tokens:
        return []
    first, last = tree.tokens[0].start, tree.tokens[-1].end
    return [(m.start + first, m.end + first, m.cue) for m in cues.find(tree.source[first:last])]


def _frame(tree: Tree, head: int, words: tuple[int, ...], cue: cues.Cue) -> Frame | None:
    text = tree.text(words)
    token = tree.tokens[head]
    if cue.part == "verb" and PERCEIVED.match(token.low):
        return None
    quoting = token.low.startswith(("citing", "quoting")) and token.kind in {"advcl", "acl"}
    if cue.part == "prep" or token.low == "according" or quoting:
        if not _CITES.match(text):
            return None
        return _prepositional(tree, head, Frame(words, cue.kind, text=text))
    if cue.part == "noun":
        return _nominal(tree, head, Frame(words, cue.kind, text=text))
    if cue.part == "verb" and (token.upos in {"VERB", "AUX"} or cue.kind == "no-comment"):
        return _verbal(tree, head, Frame(words, cue.kind, text=text))
    return None


def _verbal(tree: Tree, head: int, frame: Frame) -> Frame | None:
    negated = any(t.low in {"not", "n't", "never"} for t in tree.children(head))
    passive = tree.child(head, "aux:pass", "nsubj:pass") is not None
    source = _agent(tree, head) if passive else _subject(tree, head)
    if not source and not passive:
        source = _inverted(tree, head)
    frame = replace(frame, source=source, negated=negated)
    if not passive and _HEARSAY.match(tree.tokens[head].low) and not _complements(tree, head):
        return _passive(tree, head, replace(frame, source=()))
    if frame.kind == "no-comment":
        return frame if source and not frame.text.lower().startswith("without") else None
    if passive and not source:
        return _passive(tree, head, frame)
    thing = tree.child(head, "obj")
    if frame.kind == "accuse" or (thing is not None and thing.low == "responsibility"):
        return _accusation(tree, head, frame)
    return _with_content(tree, head, frame)


def _complements(tree: Tree, head: int) -> bool:
    """Does the verb say what it reports, or is it a headline's passive ("gunman reported near …")?"""
    token = tree.tokens[head]
    own = tree.child(head, "ccomp", "xcomp", "obj", "parataxis", "csubj") is not None
    return own or token.kind in {"parataxis", "advcl", "acl", "acl:relcl"} or token.i + 2 >= len(tree)


def _with_content(tree: Tree, head: int, frame: Frame) -> Frame | None:
    frame = replace(frame, relay=_told(tree, head))
    quoted = _quoted_as(tree, head, frame)
    if quoted is not None:
        return quoted
    content = _clause_content(tree, head, frame)
    if not content and frame.kind in _NAMES_EVENTS:
        content = _object_content(tree, head)
        if content and _has_figure(tree, head):
            return replace(frame, content=tuple(tree.subtree(head)), own=True, kind="perceive")
    content = content or _quotation(tree, head)
    content = tuple(i for i in content if i not in frame.cue and i not in frame.source)
    return replace(frame, content=content) if content else None


def _clause_content(tree: Tree, head: int, frame: Frame) -> tuple[int, ...]:
    """The clause a verb of saying governs, whichever way the parser hung it."""
    own: list[int] = []
    thing = tree.child(head, "obj")
    for child in tree.children(head, "ccomp", "xcomp", "csubj"):
        if thing is not None and child.i > thing.i and _starts_after_comma(tree, child):
            continue
        if child.kind == "xcomp" and child.upos in {"ADJ", "NOUN"} and not frame.own:
            continue
        own += tree.subtree(child.i)
        if child.kind == "xcomp" and thing is not None and thing.i < child.i:
            own += tree.subtree(thing.i)
    if own:
        return tuple(sorted(own))
    for child in tree.children(head, "parataxis"):
        if child.upos in {"VERB", "NOUN", "ADJ", "AUX", "PROPN"}:
            return tuple(tree.subtree(child.i))
    token = tree.tokens[head]
    if tree.child(head, "nsubj") is None and token.kind == "parataxis":
        return ()
    if token.kind == "parataxis" and frame.text.lower().endswith(" of"):
        return ()
    if token.kind == "advcl" and token.head > head and thing is None:
        return tuple(tree.subtree(token.head, without=[head]))
    if token.kind in {"parataxis", "discourse"} and token.head >= 0:
        return tuple(tree.subtree(token.head, without=[head]))
    return ()


def _object_content(tree: Tree, head: int) -> tuple[int, ...]:
    found = tree.child(head, "obj", "nsubj:pass")
    if found is None or found.upos in {"PRON", "NUM"} or found.low in RELATIVE:
        return ()
    says = tree.tokens[head].low in {"say", "says", "said", "saying"}
    names_event = REPORT_NOUN.match(found.low) or is_event(found.low)
    if not (says or names_event or _has_figure(tree, head)):
        return ()
    if REPORT_NOUN.match(found.low):
        clause = tree.child(found.i, "acl", "ccomp", "acl:relcl")
        if clause is not None:
            return tuple(tree.subtree(clause.i))
        about = tree.child(found.i, "nmod")
        return tuple(tree.subtree(about.i)) if about is not None else ()
    words = set(tree.subtree(found.i))
    for place in tree.children(head, "obl"):
        if place.i > found.i:
            words |= set(tree.subtree(place.i))
    return tuple(sorted(words))


def _has_figure(tree: Tree, head: int) -> bool:
    """ "put the magnitude at 7.0", "estimated the crowd at 20,000"."""
    return any(c.upos == "NUM" and _case(tree, c) == "at" for c in tree.children(head, "obl"))


def _quotation(tree: Tree, head: int) -> tuple[int, ...]:
    """The words between quotation marks, where the parse gives a cue no content."""
    out: list[int] = []
    inside = False
    for token in tree.tokens:
        if token.text in _OPENERS and not inside:
            inside = True
        elif token.text in _CLOSERS and inside:
            inside = False
        elif inside and token.i != head:
            out.append(token.i)
    return tuple(out) if len(out) > 2 and head not in range(out[0], out[-1]) else ()


def _quoted_as(tree: Tree, head: int, frame: Frame) -> Frame | None:
    """ "X quoted Y as saying that P": Y speaks, X relays."""
    for child in tree.children(head, "advcl", "xcomp", "ccomp"):
        mark = tree.child(child.i, "mark", "case")
        inner = tree.child(head, "obj", "nsubj:pass")
        if mark is not None and mark.low == "as" and inner is not None and cues.weigh(child.text):
            content = _clause_content(tree, child.i, frame) or _quotation(tree, child.i)
            return replace(
                frame,
                cue=(*frame.cue, child.i),
                source=tuple(_phrase(tree, inner)),
                relay=frame.source,
                content=tuple(i for i in content if i not in frame.cue),
            )
    return None


def _passive(tree: Tree, head: int, frame: Frame) -> Frame | None:
    """ "Three deaths were reported", "the attack is believed to have killed two": nobody speaks."""
    if not _HEARSAY.match(tree.tokens[head].low):
        return None
    subject = tree.child(head, "nsubj:pass", "nsubj")
    inner = tree.child(head, "xcomp", "ccomp")
    if inner is not None:
        words = set(tree.subtree(inner.i)) | (set(tree.subtree(subject.i)) if subject else set())
        return replace(frame, content=tuple(sorted(words)))
    if subject is None or subject.upos == "PRON":
        return None
    return replace(frame, content=tuple(tree.subtree(head)), own=True)


def _accusation(tree: Tree, head: int, frame: Frame) -> Frame | None:
    """ "X accused Y of doing Z", "X blamed Y for Z": the claim is Y's doing."""
    accused = tree.child(head, "obj", "nsubj:pass")
    if accused is not None and accused.low == "responsibility":
        return _responsibility(tree, head, frame, accused)
    if accused is None:
        return _with_content(tree, head, frame)
    who = _phrase(tree, accused)
    if accused.low in RELATIVE:
        who = _antecedent(tree, head)
    rest: list[int] = []
    for child in tree.children(head, "obl", "advcl", "xcomp", "ccomp"):
        lead = tree.child(child.i, "case", "mark")
        if lead is not None and lead.low in {"of", "for", "over", "as"}:
            rest += tree.subtree(child.i)
    if not rest:
        for child in tree.children(accused.i, "nmod", "acl"):
            rest += tree.subtree(child.i)
    if not rest:
        return None
    content = tuple(sorted(set(who) | set(rest)))
    return replace(frame, content=content, accused=tuple(who))


def _responsibility(tree: Tree, head: int, frame: Frame, noun: Token) -> Frame | None:
    """ "X claimed responsibility for Y": the claim is X's doing."""
    deed = [
        i
        for at in (noun.i, head)
        for child in tree.children(at, "nmod", "obl")
        if _case(tree, child) == "for"
        for i in tree.subtree(child.i)
    ]
    nobody = bool(frame.source) and tree.tokens[frame.source[0]].low in {"no", "none", "nobody"}
    if not deed or not frame.source or nobody or frame.negated:
        return None
    content = tuple(sorted(set(deed) | set(frame.source)))
    return replace(frame, kind="accuse", content=content, accused=frame.source)


def _prepositional(tree: Tree, head: int, frame: Frame) -> Frame | None:
    """ "according to X", "citing X": the source hangs under the cue or the cue under it."""
    token = tree.tokens[head]
    is_verb = token.upos == "VERB" and token.kind not in {"case", "mark", "fixed"}
    if is_verb:
        noun = tree.child(head, "obj", "obl")
        clause = token.head
    else:
        noun = tree.tokens[token.head] if token.head >= 0 else None
        clause = noun.head if noun is not None else -1
    if noun is None or clause < 0:
        return None
    clause = _predicate_above(tree, clause)
    mine = set(tree.subtree(noun.i)) | set(frame.cue)
    if is_verb:
        mine |= set(tree.subtree(head))
    content = tuple(i for i in tree.subtree(clause) if i not in mine)
    relay = _subject(tree, clause) if token.low.startswith(("cit", "quoting")) else ()
    source = tuple(i for i in _phrase(tree, noun) if i not in frame.cue)
    return replace(frame, source=source, content=content, relay=relay)


def _nominal(tree: Tree, head: int, frame: Frame) -> Frame | None:
    """ "reports that P", "the army's claim that P"; a noun under a verb of saying is that verb's."""
    clause = tree.child(head, "acl", "ccomp")
    if clause is None or clause.rel == "acl:relcl":
        return None
    if tree.child(clause.i, "mark") is None and clause.upos == "VERB" and clause.low.endswith("ed"):
        return None
    owner = tree.child(head, "nmod:poss")
    if owner is None:
        owner = next(
            (c for c in tree.children(head, "nmod") if _case(tree, c) in _BY | {"from"}), None
        )
    if owner is not None:
        source = tuple(
            i for i in _phrase(tree, owner) if tree.tokens[i].low not in {"'s", "by", "from"}
        )
    else:
        source = tuple(t.i for t in tree.children(head, "amod", "compound"))
    return replace(frame, source=source, content=tuple(tree.subtree(clause.i)))


def _perceptions(tree: Tree, taken: set[int]) -> list[Frame]:
    """ "A correspondent heard explosions": the subject vouches for what it heard or saw."""
    out = []
    for token in tree.tokens:
        if token.i in taken or token.upos != "VERB" or not PERCEIVED.match(token.low):
            continue
        if tree.child(token.i, "aux:pass", "nsubj:pass") is not None:
            continue
        source = _subject(tree, token.i)
        if source and tree.child(token.i, "obj", "ccomp") is not None:
            content = tuple(tree.subtree(token.i))
            out.append(Frame((token.i,), "perceive", source, content, text=token.text, own=True))
    return out


def _subject(tree: Tree, head: int) -> tuple[int, ...]:
    """The words of a verb's subject, looked for along conjuncts and participles too."""
    seen = 0
    at = head
    while at >= 0 and seen < 3:
        token = tree.tokens[at]
        subject = tree.child(at, "nsubj")
        if subject is not None:
            if subject.low in RELATIVE and token.rel == "acl:relcl":
                return tuple(_antecedent(tree, at))
            return tuple(_phrase(tree, subject))
        if token.kind in {"acl", "acl:relcl"} and token.head >= 0:
            return tuple(_antecedent(tree, at))
        if token.kind not in {"conj", "xcomp", "advcl", "parataxis"}:
            return ()
        at = token.head
        seen += 1
    return ()


def _inverted(tree: Tree, head: int) -> tuple[int, ...]:
    """ "…,” said the agency": a noun right behind the verb speaks, whatever the parser calls it."""
    for child in tree.children(head, "obj", "obl", "dep", "appos", "parataxis", "iobj"):
        close = 0 < min(tree.subtree(child.i)) - head <= 1
        if close and child.upos in {"NOUN", "PROPN", "PRON"} and not _case(tree, child):
            return tuple(_phrase(tree, child))
    return ()


def _antecedent(tree: Tree, clause: int) -> list[int]:
    """The noun that a relative clause or participle hangs on, without that clause."""
    at = tree.tokens[clause].head
    return _phrase(tree, tree.tokens[at], without=[clause]) if at >= 0 else []


def _agent(tree: Tree, head: int) -> tuple[int, ...]:
    for child in tree.children(head, "obl"):
        if child.rel == "obl:agent" or _case(tree, child) in _BY:
            return tuple(i for i in _phrase(tree, child) if tree.tokens[i].low != "by")
    return ()


def _told(tree: Tree, head: int) -> tuple[int, ...]:
    if not tree.tokens[head].low.startswith(("told", "tell")):
        return ()
    listener = tree.child(head, "obj", "iobj")
    return tuple(_phrase(tree, listener)) if listener is not None else ()


def _phrase(tree: Tree, token: Token, without: list[int] | None = None) -> list[int]:
    """A noun phrase: its head's subtree, but for clauses set off by a comma and parentheses."""
    cut = list(without or [])
    for child in tree.children(token.i):
        aside = child.kind in {"parataxis", "ccomp", "advcl", "list"}
        clause = child.kind == "acl:relcl" and tree.tokens[max(child.i - 1, 0)].i > 0
        comma = any(
            t.text == "," and t.i > token.i for t in tree.children(child.i, "punct")
        ) and child.kind in {"acl:relcl", "acl"}
        if aside or comma or (clause and _starts_after_comma(tree, child)):
            cut.append(child.i)
    words = tree.subtree(token.i, without=cut)
    while words and tree.tokens[words[-1]].upos == "PUNCT":
        words.pop()
    while words and tree.tokens[words[0]].upos == "PUNCT":
        words.pop(0)
    while words and words[-1] + 1 < len(tree) and _continues_name(tree, words[-1]):
        words.append(words[-1] + 1)
    return words


def _continues_name(tree: Tree, at: int) -> bool:
    """ "Ramil Acosta": a name's next word that the parser hung elsewhere."""
    here, then = tree.tokens[at], tree.tokens[at + 1]
    return here.upos == then.upos == "PROPN" and then.text[:1].isupper() and then.kind != "nsubj"


def _starts_after_comma(tree: Tree, clause: Token) -> bool:
    first = min(tree.subtree(clause.i))
    return tree.tokens[first].text == "," or (first > 0 and tree.tokens[first - 1].text == ",")


def _case(tree: Tree, token: Token) -> str:
    case = tree.child(token.i, "case")
    return case.low if case is not None else ""


def _predicate_above(tree: Tree, at: int) -> int:
    """The clause that a phrase belongs to: up through nouns to a verb, or as far as it goes."""
    seen = 0
    while seen < 6 and tree.tokens[at].head >= 0:
        token = tree.tokens[at]
        if (
            token.upos in {"VERB", "AUX"}
            or tree.child(at, "cop", "nsubj", "nsubj:pass") is not None
        ):
            return at
        at = token.head
        seen += 1
    return at
