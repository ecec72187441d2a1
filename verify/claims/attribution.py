"""Who says what: source, cue and content of every attribution in a parsed sentence.

The lexicon (`cues`) finds and weighs the cue, the tree gives its source and its scope. It never
decides who a source is (`sources.resolve` does) and never says whether a claim is true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from verify.claims import contents, cues, findings, joining, phrases, tails
from verify.claims.frame import Frame
from verify.claims.tree import Token, Tree
from verify.models.reading import Said

#: Prepositions that name a source; others of the lexicon ("on suspicion of") only weigh.
_CITES = re.compile(
    r"(?:according to|as per|per|citing|quoting|via|in the (?:words|view|account|opinion) of|"
    r"as (?:reported|announced|stated|claimed) by)\b",
    re.I,
)


#: Kinds of cue whose noun object is content where it names an event ("confirmed two deaths").
_NAMES_EVENTS = {"report", "deny", "doubt", "hedge", "accuse"}


def find(tree: Tree, said: Sequence[Said] = ()) -> list[Frame]:
    """Every attribution of the sentence, in the order of the cues; contents may nest.

    `said` is what the trained reader found; where it has a source or content, that is taken.
    """
    out: list[Frame] = []
    taken: set[int] = set()
    for start, end, found in _cue_places(tree):
        words, cue = _parted(
            tree, tuple(t.i for t in tree.tokens if t.start < end and t.end > start), found
        )
        if len(words) > 2 and tree.tokens[words[-1]].low == "at":
            words = tuple(i for i in words if tree.tokens[i].upos in {"VERB", "AUX"}) or words
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
        joining.join(tree, one, out)
    for frame in tails.find(tree, out):
        inside = set(frame.cue) | set(frame.source)
        out = [f for f in out if not inside & set(f.cue)] + [frame]
    taken |= {i for f in out for i in f.cue}
    out.extend(findings.measurements(tree, taken))
    taken |= {i for f in out for i in f.cue}
    out.extend(findings.perceptions(tree, taken))
    out.extend(findings.falsehoods(tree, out))
    return [_settled(tree, f, out) for f in out]


def _parted(tree: Tree, words: tuple[int, ...], cue: cues.Cue) -> tuple[tuple[int, ...], cues.Cue]:
    """The ends of a cue in two parts; the first alone where the second is no part of it ("told a
    briefing that he had pledged loyalty to …").
    """
    if "…" not in cue.text or not words:
        return words, cue
    if cue.text.endswith(" to") and tree.tokens[words[-1]].upos == "ADP":
        return words[:1], cues.weigh(tree.tokens[words[0]].text) or cue
    return tuple(dict.fromkeys((words[0], words[-1]))), cue


def _settled(tree: Tree, frame: Frame, every: list[Frame]) -> Frame:
    """Mend what only the other attributions show: "citing", "adding"."""
    around = [f for f in every if f is not frame and frame.cue[0] in f.content]
    if tree.tokens[frame.cue[0]].low.startswith(("cit", "quoting")):
        for other in every:
            if other is not frame and set(frame.content) & set(other.cue):
                return replace(frame, content=other.content, relay=other.source)
    head = tree.tokens[frame.cue[0]]
    own = tree.child(head.i, "nsubj") is not None
    if (
        around
        and head.kind == "advcl"
        and head.low.endswith("ing")
        and around[-1].source
        and not own
    ):
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
    inner |= _behind_semicolon(tree, frame)
    left = tuple(i for i in frame.content if i not in inner)
    return replace(frame, content=left) if left and inner else frame


def _behind_semicolon(tree: Tree, frame: Frame) -> set[int]:
    """ "P, the ministry says; Q": Q is nobody's but the author's."""
    cue = frame.cue[-1]
    if not any(i < cue for i in frame.content):
        return set()
    stop = next((t.i for t in tree.tokens if t.text == ";" and t.i > cue), None)
    return {i for i in frame.content if stop is not None and i > stop}


def _cue_places(tree: Tree) -> list[tuple[int, int, cues.Cue]]:
    if not tree.tokens:
        return []
    first, last = tree.tokens[0].start, tree.tokens[-1].end
    return [
        (m.start + first, m.end + first, m.cue)
        for m in cues.find(tree.source[first:last])
        if not m.cue.text.startswith("trade ") or _OF_SOMETHING.match(tree.source, m.end + first)
    ]


#: "rival gangs trade blame" tells nothing of what they blame each other for.
_OF_SOMETHING = re.compile(r"\s+(?:of|for|over|that|about|on)\b", re.I)


def _frame(tree: Tree, head: int, words: tuple[int, ...], cue: cues.Cue) -> Frame | None:
    text = tree.text(words)
    token = tree.tokens[head]
    if cue.part == "verb" and findings.PERCEIVED.match(token.low):
        return None
    quoting = token.low.startswith(("citing", "quoting")) and token.kind in {"advcl", "acl"}
    if cue.part == "prep" or token.low == "according" or quoting:
        if not _CITES.match(text) or (token.low == "via" and not _credits(tree, head)):
            return None
        return _prepositional(tree, head, Frame(words, cue.kind, text=text))
    if cue.part == "noun":
        return _nominal(tree, head, Frame(words, cue.kind, text=text))
    if cue.part == "verb" and (token.upos in {"VERB", "AUX"} or cue.kind == "no-comment"):
        return _verbal(tree, head, Frame(words, cue.kind, text=text))
    return None


def _credits(tree: Tree, via: int) -> bool:
    """ "(via @agency)", "…, via AFP"; but not "crossing via Masnaa"."""
    after = tree.tokens[via].end
    before = tree.tokens[via - 1] if via else None
    return "@" in tree.source[after : after + 3] or (before is not None and before.upos == "PUNCT")


def _verbal(tree: Tree, head: int, frame: Frame) -> Frame | None:
    negated = any(t.low in {"not", "n't", "never"} for t in tree.children(head))
    passive = tree.child(head, "aux:pass", "nsubj:pass") is not None
    source = phrases.agent(tree, head) if passive else phrases.subject(tree, head)
    if not source and not passive:
        source = phrases.inverted(tree, head)
    frame = replace(frame, source=source, negated=negated)
    if contents.is_told(tree, head) or contents.is_act(tree, head, frame):
        return None
    if (
        not passive
        and contents.HEARSAY.match(tree.tokens[head].low)
        and not contents.has_complement(tree, head)
    ):
        return _passive(tree, head, replace(frame, source=()))
    if frame.kind == "no-comment":
        return frame if source and not frame.text.lower().startswith("without") else None
    if passive and not source:
        return _passive(tree, head, frame)
    thing = tree.child(head, "obj")
    if frame.kind == "accuse" or (thing is not None and thing.low == "responsibility"):
        return _accusation(tree, head, frame)
    return _with_content(tree, head, frame)


#: What "denied it" denies stands in the sentence before.
_IT = {"it", "this", "that", "them", "these", "those"}
#: "informed the WHO on the same day": an act, where no clause says of what.
_NOTIFIES = re.compile(r"(?:inform|notif|brief|alert|contact)\w*$")
#: Verbs that put forward a cause or a culprit in one noun ("workers suspected lightning").
_SUSPECTS = re.compile(r"(?:suspect|blame|fear|assum)\w*$")


def _with_content(tree: Tree, head: int, frame: Frame) -> Frame | None:
    frame = replace(frame, relay=phrases.told(tree, head))
    quoted = _quoted_as(tree, head, frame)
    if quoted is not None:
        return quoted
    content = contents.of_clause(tree, head, frame)
    if not content and _NOTIFIES.match(tree.tokens[head].low):
        return None
    if not content and contents.is_as_said(tree, head):
        return frame
    if not content and frame.kind in _NAMES_EVENTS:
        content = contents.of_object(tree, head)
    content = content or contents.of_quotation(tree, head)
    thing = tree.child(head, "obj")
    if frame.kind == "deny" and thing is not None and thing.low in _IT and frame.source:
        return replace(frame, content=(), inherits=True)
    if not content and thing is not None and _SUSPECTS.match(tree.tokens[head].low):
        return replace(frame, content=tuple(tree.subtree(head)), own=True)
    content = tuple(i for i in content if i not in frame.cue and i not in frame.source)
    if contents.only_asks(tree, content) and (frame.negated or frame.kind in {"hedge", "report"}):
        return replace(frame, content=())
    return replace(frame, content=content) if content else None


def _quoted_as(tree: Tree, head: int, frame: Frame) -> Frame | None:
    """ "X quoted Y as saying that P": Y speaks, X relays."""
    for child in tree.children(head, "advcl", "xcomp", "ccomp"):
        mark = tree.child(child.i, "mark", "case") or tree.tokens[max(child.i - 1, 0)]
        inner = tree.child(head, "obj", "nsubj:pass")
        if mark.low == "as" and inner is not None and cues.weigh(child.text):
            content = contents.of_clause(tree, child.i, frame) or contents.of_quotation(
                tree, child.i
            )
            return replace(
                frame,
                cue=(*frame.cue, child.i),
                source=tuple(phrases.phrase(tree, inner)),
                relay=frame.source,
                content=tuple(i for i in content if i not in frame.cue),
            )
    return None


def _passive(tree: Tree, head: int, frame: Frame) -> Frame | None:
    """ "Three deaths were reported", "the attack is said to have killed two": nobody speaks."""
    if not contents.HEARSAY.match(tree.tokens[head].low):
        return None
    subject = tree.child(head, "nsubj:pass", "nsubj")
    inner = tree.child(head, "xcomp", "ccomp")
    if inner is not None:
        words = set(tree.subtree(inner.i)) | (set(tree.subtree(subject.i)) if subject else set())
        return replace(frame, content=tuple(sorted(words)))
    if subject is None or subject.upos == "PRON":
        return None
    others = [  # "three were reported dead and a fourth had drowned": another's fate is another's
        c.i for c in tree.children(head, "conj") if tree.child(c.i, "nsubj", "nsubj:pass")
    ]
    return replace(frame, content=tuple(tree.subtree(head, without=others)), own=True)


def _accusation(tree: Tree, head: int, frame: Frame) -> Frame | None:
    """ "X accused Y of doing Z", "X blamed Y for Z": the claim is Y's doing."""
    accused = tree.child(head, "obj", "nsubj:pass")
    if accused is not None and accused.low == "responsibility":
        return _responsibility(tree, head, frame, accused)
    if accused is None:
        return _with_content(tree, head, frame)
    who = phrases.phrase(tree, accused)
    if accused.low in phrases.RELATIVE:
        who = phrases.antecedent(tree, head)
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
        if phrases.case(tree, child) == "for"
        for i in tree.subtree(child.i, without=_channels(tree, child.i))
    ]
    nobody = bool(frame.source) and tree.tokens[frame.source[0]].low in {"no", "none", "nobody"}
    if not deed or not frame.source or nobody or frame.negated:
        return None
    content = tuple(sorted(set(deed) | set(frame.source)))
    return replace(frame, kind="accuse", content=content, accused=frame.source)


_CHANNEL = re.compile(
    r"(?:videos?|statements?|messages?|posts?|channels?|recordings?|communiqu\w+|leaflets?|"
    r"telegram|twitter|website|broadcasts?)$"
)


def _channels(tree: Tree, noun: int) -> list[int]:
    """Phrases on a deed that tell through what it was claimed ("in a video posted online")."""
    return [
        c.i
        for c in tree.children(noun, "nmod", "obl")
        if _CHANNEL.match(c.low) and phrases.case(tree, c) in {"in", "on", "via", "through"}
    ]


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
    clause = phrases.predicate_above(tree, clause)
    mine = set(tree.subtree(noun.i)) | set(frame.cue)
    if is_verb:
        mine |= set(tree.subtree(head))
    content = tuple(i for i in tree.subtree(clause) if i not in mine)
    relay = phrases.subject(tree, clause) if token.low.startswith(("cit", "quoting")) else ()
    source = tuple(i for i in phrases.phrase(tree, noun) if i not in frame.cue)
    return replace(frame, source=source, content=content, relay=relay)


_PROOF = {"evidence", "proof", "indication", "indications", "sign", "signs", "suggestion", "reason",
          "truth", "confirmation", "doubt"}  # fmt: skip


def _nominal(tree: Tree, head: int, frame: Frame) -> Frame | None:
    """ "reports that P", "the army's claim that P"; a noun under a verb of saying is its."""
    clause = tree.child(head, "acl", "ccomp")
    if clause is None or clause.rel == "acl:relcl" or tree.tokens[head].low.startswith("account"):
        return None
    if tree.child(clause.i, "mark") is None and clause.upos == "VERB" and clause.low.endswith("ed"):
        return None
    negated = any(t.low in {"no", "any", "little"} for t in tree.children(head, "det", "amod"))
    if negated and tree.tokens[head].low in _PROOF:
        return None  # "no evidence that P" is said of the evidence, and P is not said
    owner = tree.child(head, "nmod:poss")
    if owner is None:
        owner = next(
            (
                c
                for c in tree.children(head, "nmod")
                if phrases.case(tree, c) in phrases.BY | {"from"}
            ),
            None,
        )
    if owner is not None:
        source = tuple(
            i for i in phrases.phrase(tree, owner) if tree.tokens[i].low not in {"'s", "by", "from"}
        )
    else:
        source = tuple(t.i for t in tree.children(head, "amod", "compound"))
    return replace(frame, source=source, content=tuple(tree.subtree(clause.i)))
