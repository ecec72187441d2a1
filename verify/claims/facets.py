"""Cut a parsed sentence into facets: one for each thing that can be checked by itself.

A facet is a predicate with its own words (clauses, conjuncts, participles, relative clauses), or an
event noun in a phrase of circumstance ("amid Israeli airstrikes"). Each is made a sentence of its
own with the subject it shares; it never says anything that the sentence does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.claims import clauses, ellipsis, members
from verify.claims.frame import Frame
from verify.claims.phrases import RELATIVE
from verify.claims.splices import APART
from verify.claims.tree import Token, Tree
from verify.claims.verbs import INTRANSITIVE, is_participle, past_of

#: What only tells how a source wished to be named.
_ABOUT_SOURCE = re.compile(
    r"^(?:its|his|her|their|the) (?:statement|announcement|comments?|remarks?) "
    r"(?:came|comes|followed)\b|"
    r"\bthe following:?$|"
    r"\b(?:condition of anonymity|anonymously|not (?:be )?authori[sz]ed to|"
    r"declined to be (?:named|identified)|"
    r"(?:asked )?not (?:to )?be (?:named|identified)|not cleared)",
    re.I,
)


_ABBREVIATED = re.compile(r"(?:\b[A-Za-z]\.){2,}$")


_EMPTY_TAIL = re.compile(
    r"\W*\bwithout (?:providing|giving|offering|elaborating|specifying|naming|going into|further|"
    r"citing|saying)\b.*$",
    re.I,
)


_AUXILIARY = {"aux", "aux:pass", "cop"}


#: Verbs that say nothing without the clause that dates them ("came minutes after …").
_COMES = re.compile(r"(?:come|comes|came|coming|follow(?:s|ed)?|happen(?:s|ed)?|occur(?:s|red)?)$")


@dataclass(frozen=True, slots=True)
class Facet:
    """One checkable thing of a sentence: its words by index, and as a sentence of its own.

    `root` is the predicate or event noun; `subject` the words of its subject, own or borrowed.
    `is_member` tells of some of those that another facet counts.
    """

    root: int
    words: tuple[int, ...]
    text: str
    subject: tuple[int, ...] = ()
    is_noun: bool = False
    accused: bool = False
    is_member: bool = False


def cut(tree: Tree, frames: Sequence[Frame], *, is_post: bool = False) -> list[Facet]:
    """Every facet of the sentence in reading order; reporting frames themselves are none."""
    if not len(tree):
        return []
    framing = clauses.framing(tree, frames)
    heads = clauses.heads(tree, frames, framing)
    aside = [m for m in members.find(tree) if m.root not in framing]
    heads -= {i for m in aside for i in m.cut}
    if is_post:
        heads |= clauses.spliced(tree, heads | framing | {i for m in aside for i in m.words})
    accusing = {clauses.top(tree, clauses.charge(f)): f for f in frames if f.accused}
    speaking = {i for f in frames for i in f.source}
    heads -= {h for h in heads if clauses.describes_speaker(tree, tree.tokens[h], speaking)}
    apart = heads | {clauses.cue_head(tree, f) for f in frames if not f.own} | clauses.asides(tree)
    apart |= {i for m in aside for i in m.cut}
    out = []
    for head in sorted(heads):
        frame = accusing.get(head)
        facet = _accused(tree, head, frame) if frame else _facet(tree, head, apart, framing)
        if facet is not None:
            out.append(facet)
    out += [Facet(m.root, m.words, _sentence_of("", m.text), is_member=True) for m in aside]
    return _distinct(sorted(out, key=lambda f: f.root))


def _accused(tree: Tree, head: int, frame: Frame) -> Facet:
    text = tree.text(frame.content)
    return Facet(head, frame.content, text, frame.accused, accused=True)


def _facet(tree: Tree, head: int, heads: set[int], framing: set[int]) -> Facet | None:
    token = tree.tokens[head]
    cutoff = [h for h in heads if h != head]
    words = [i for i in tree.subtree(head, without=cutoff) if i not in framing]
    words = _one_sentence(tree, words, head)
    words = _trimmed(tree, words, head)
    if _COMES.match(token.low) and len(words) < 8 and tree.child(head, "obj") is None:
        words = _trimmed(tree, [i for i in tree.subtree(head) if i not in framing], head)
    if not words:
        return None
    if clauses.is_circumstance(tree, token) and token.kind != "conj":
        case = {t.i for t in tree.children(head, "case", "mark")}
        words = [i for i in words if i not in case and i > min(case, default=-1)]
        return Facet(head, tuple(words), _sentence(tree, words), is_noun=True)
    own = tree.child(head, "nsubj", "nsubj:pass", "csubj")
    if token.kind == "acl:relcl":
        return _relative(tree, head, words, cutoff)
    borrowed = () if own is not None else _borrowed(tree, head, heads, framing)
    subject = tuple(i for i in tree.subtree(own.i, without=cutoff)) if own is not None else borrowed
    text = _filled(tree, _clause_text(tree, head, words, borrowed), head, words)
    return Facet(head, tuple(words), text, subject, is_noun=token.upos == "NOUN" and own is None)


def _filled(tree: Tree, text: str, head: int, words: Sequence[int]) -> str:
    """The wording with what its bare quantifiers leave out ("one of the attackers")."""
    own = tree.child(head, "nsubj", "nsubj:pass")
    for token in [own] if own is not None else [tree.tokens[i] for i in words]:
        gap = (
            ellipsis.missing(tree, token, head) if token is own else ellipsis.in_phrase(tree, token)
        )
        if gap is not None:
            word = re.compile(rf"\b{re.escape(token.text)}\b", re.I)
            text = word.sub(lambda m, g=gap: m[0] + g, text, count=1)
    return text


def _one_sentence(tree: Tree, words: list[int], head: int) -> list[int]:
    """Only the sentence of the predicate, where a quotation of several was parsed as one."""
    stops = [i for i in words if tree.tokens[i].text in {".", "!", "?"}]
    before = max((i for i in stops if i < head), default=-1)
    after = min((i for i in stops if i > head), default=len(tree))
    return [i for i in words if before < i < after]


def _trimmed(tree: Tree, words: list[int], head: int) -> list[int]:
    """Without the conjunctions, commas and marks that tied the facet to its sentence."""
    loose = {"cc", "mark", "punct", "discourse", "vocative"}
    linking = {t.i for t in tree.children(head, "mark", "cc", "discourse") if t.low != "neither"}
    linking |= {t.i for t in tree.children(head, "advmod") if t.low in {"when", "while", "where"}}
    words = [i for i in words if i not in linking]
    while words and (
        tree.tokens[words[0]].kind in loose
        and tree.tokens[words[0]].upos in {"PUNCT", "CCONJ", "SCONJ"}
        and tree.tokens[words[0]].low != "neither"
    ):
        words.pop(0)
    while len(words) > 2 and tree.tokens[words[0]].low in _TIED:
        words.pop(0)
    while words and tree.tokens[words[-1]].upos in {"PUNCT", "CCONJ", "SCONJ"}:
        words.pop()
    return _without_span(tree, words)


#: What ties a clause to another, wherever the parser hung it.
_TIED = {"after", "before", "as", "because", "while", "when", "although", "though", "whereas"}
_SPAN = {"hours", "minutes", "days", "weeks", "months", "years", "hour", "day", "week", "month",
         "moments", "shortly", "soon", "just", "less", "than", "a", "an", "few", "some", "more",
         "several", "two", "three", "four", "five", "six", "only", "later"}  # fmt: skip


def _without_span(tree: Tree, words: list[int]) -> list[int]:
    """ "bombed positions hours | after a car bomb …": the span belongs to what was cut off."""
    end = words[-1] + 1 if words else 0
    if end >= len(tree) or tree.tokens[end].low not in {"after", "before"}:
        return words
    kept = list(words)
    while len(kept) > 2 and tree.tokens[kept[-1]].low in _SPAN | {","}:
        kept.pop()
    return kept


def _borrowed(tree: Tree, head: int, heads: set[int], framing: set[int]) -> tuple[int, ...]:
    """The subject that a conjunct or participle shares with the clause it hangs on."""
    at, seen = head, 0
    while seen < 4:
        token = tree.tokens[at]
        if token.kind == "acl":
            return tuple(_noun_words(tree, token.head, [at], framing))
        if token.kind not in {"conj", "advcl", "xcomp", "parataxis", "ccomp"} or token.head < 0:
            return ()
        if token.head in framing and token.kind != "xcomp":
            return _of_what_is_said(tree, token, framing)
        earlier = _earlier_clause(tree, token)
        if earlier is not None:
            return tuple(_noun_words(tree, earlier, list(heads - {earlier}), set()))
        if token.kind == "parataxis" and not _may_borrow(tree, token):
            return ()
        at = token.head
        thing = tree.child(at, "obj")
        if token.kind == "xcomp" and thing is not None and thing.i < token.i:
            return tuple(_noun_words(tree, thing.i, list(heads - {thing.i}), set()))
        if tree.tokens[at].kind == "acl" and token.kind == "conj" and _is_finite(tree, token):
            at = tree.tokens[tree.tokens[at].head].head
            if at < 0:
                return ()
        subject = tree.child(at, "nsubj", "nsubj:pass")
        if subject is not None:
            if subject.low in RELATIVE and tree.tokens[at].rel == "acl:relcl":
                return tuple(_noun_words(tree, tree.tokens[at].head, [at], set()))
            return tuple(_noun_words(tree, subject.i, list(heads - {subject.i}), set()))
        seen += 1
    return ()


def _of_what_is_said(tree: Tree, token: Token, framing: set[int]) -> tuple[int, ...]:
    """ "P, witnesses said, leaving nine dead": the subject is that of P."""
    if token.kind != "advcl" or not token.low.endswith("ing"):
        return ()
    for other in reversed(tree.tokens[: token.i]):
        own = tree.child(other.i, "nsubj", "nsubj:pass")
        if other.upos == "VERB" and own is not None and not {other.i, own.i} & framing:
            return tuple(_noun_words(tree, own.i, [], set()))
    return ()


def _earlier_clause(tree: Tree, token: Token) -> int | None:
    """ "… buried homes, killing 19, and firefighters were …": the subject of the clause before."""
    if token.kind != "advcl" or not token.low.endswith("ing") or token.head < token.i:
        return None
    first = min(tree.subtree(token.i))
    if token.i < 3 or "," not in {tree.tokens[first].text, tree.tokens[first - 1].text}:
        return None
    for other in reversed(tree.tokens[: token.i]):
        own = tree.child(other.i, "nsubj", "nsubj:pass")
        if other.upos == "VERB" and own is not None and own.i < other.i:
            return own.i if own.upos not in {"PRON"} or own.low not in RELATIVE else None
    return None


def _may_borrow(tree: Tree, token: Token) -> bool:
    """Can a stretch behind a comma share the subject ("suspect at large" has its own)?"""
    if token.rel == APART and min(tree.subtree(token.i)) < token.i:
        return False
    if token.upos in {"NOUN", "PROPN", "NUM"}:
        return False
    inflected = token.low.endswith(("ing", "s")) or is_participle(token.low)
    return token.upos != "VERB" or inflected


def _is_finite(tree: Tree, token: Token) -> bool:
    has_auxiliary = bool(tree.children(token.i, "aux", "aux:pass", "cop"))
    return has_auxiliary or (token.low.endswith("s") and not token.low.endswith("ss"))


def _noun_words(tree: Tree, noun: int, without: list[int], framing: set[int]) -> list[int]:
    asides = [c.i for c in tree.children(noun, "acl:relcl", "appos", "parataxis")]
    if tree.child(noun, "cop") is not None:  # "the cases are of a form, which …": the form alone
        asides += [c.i for c in tree.children(noun, "nsubj", "cop", "aux", "advcl", "advmod")]
    case = {t.i for t in tree.children(noun, "case", "mark", "cc")}
    words = [i for i in tree.subtree(noun, without=[*without, *asides]) if i not in case]
    words = [i for i in words if i not in framing or noun in framing]
    while words and tree.tokens[words[-1]].upos == "PUNCT":
        words.pop()
    return words


def _clause_text(tree: Tree, head: int, words: list[int], borrowed: tuple[int, ...]) -> str:
    token = tree.tokens[head]
    subject = tree.text(borrowed)
    own_aux = tree.children(head, *_AUXILIARY)
    having = next((t for t in own_aux if t.low == "having"), None)
    if having is not None and borrowed:
        return _sentence_of(subject, _with_word(tree, words, having.i, "had"))
    raised = _raised(tree, token, words)
    if raised is not None:
        return _sentence_of("", raised)
    hurt = _harmed(tree, token, words)
    if hurt is not None:
        return _sentence_of("", hurt)
    if _is_while(tree, token) and borrowed and not own_aux:
        return _sentence_of(subject, "was " + tree.text(words))
    gerund = token.kind in {"advcl", "acl"} or (
        token.kind in {"ccomp", "xcomp", "obl"} and tree.child(token.i, "mark", "case") is not None
    )
    if gerund and token.low.endswith("ing") and borrowed and not own_aux:
        return _sentence_of(subject, _with_word(tree, words, head, past_of(token.text)))
    if (
        token.kind in {"acl", "advcl", "xcomp"}
        and is_participle(token.text)
        and borrowed
        and not own_aux
    ):
        return _sentence_of(subject, "was " + tree.text(words))
    shared = _shared_auxiliaries(tree, head)
    if shared and borrowed:
        return _sentence_of(subject, shared + " " + tree.text(words))
    own = tree.child(head, "nsubj", "nsubj:pass")
    if shared and own is not None and own.i < head:
        first = [i for i in words if i <= max(tree.subtree(own.i))]
        rest = [i for i in words if i > max(tree.subtree(own.i))]
        return _sentence_of(tree.text(first), shared + " " + tree.text(rest))
    if token.kind == "conj" and token.low.endswith("ing") and borrowed and not own_aux:
        return _sentence_of(subject, _with_word(tree, words, head, past_of(token.text)))
    return _sentence_of(subject, tree.text(words))


_HARM = {"killing": "killed", "injuring": "injured", "wounding": "wounded", "damaging": "damaged",
         "destroying": "destroyed", "trapping": "trapped", "displacing": "displaced"}  # fmt: skip


def _harmed(tree: Tree, token: Token, words: list[int]) -> str | None:
    """ "The base was bombed, killing one fighter": not the base killed him; he was killed."""
    at = token
    while at.kind == "conj" and at.head >= 0 and at.low in _HARM:
        at = tree.tokens[at.head]
    passive = at.kind == "advcl" and tree.child(at.head, "nsubj:pass") is not None
    thing = tree.child(token.i, "obj")
    if token.low not in _HARM or not passive or thing is None or thing.i < token.i:
        return None
    who = [i for i in tree.subtree(thing.i) if i in words]
    rest = [i for i in words if i > token.i and i not in who]
    several = thing.low in {"people", "others", "children"} or thing.low.endswith("s")
    alone = thing.upos == "NUM" and thing.low not in {"one", "1"}
    be = "were" if several or alone else "was"
    return f"{tree.text(who)} {be} {_HARM[token.low]} {tree.text(rest)}"


def _is_while(tree: Tree, token: Token) -> bool:
    mark = tree.child(token.i, "mark")
    return token.low.endswith("ing") and mark is not None and mark.low == "while"


_RAISES = {"bringing", "taking", "pushing", "raising", "lifting"}
_TOTAL = {"toll", "number", "total", "tally", "count", "figure", "deaths", "cases"}


def _raised(tree: Tree, token: Token, words: list[int]) -> str | None:
    """ "…, bringing the death toll to 52": the toll rose to 52."""
    thing = tree.child(token.i, "obj")
    if token.low not in _RAISES or thing is None or thing.low not in _TOTAL:
        return None
    text = tree.text([i for i in words if i > token.i])
    before, to, after = text.rpartition(" to ")
    return f"{before} rose to {after}" if to and after[:1].isalnum() else None


def _shared_auxiliaries(tree: Tree, head: int) -> str:
    """ "was hit and destroyed", "12 were killed and 30 injured": what the conjunct leaves out."""
    token = tree.tokens[head]
    if token.kind != "conj" or tree.children(head, *_AUXILIARY) or not is_participle(token.text):
        return ""
    if token.low in INTRANSITIVE:
        return ""
    governor = tree.tokens[token.head]
    auxiliaries = tree.children(governor.i, "aux", "aux:pass")
    if not auxiliaries:
        return ""
    passive = any(t.rel == "aux:pass" for t in auxiliaries)
    if passive and tree.child(head, "obj") is not None:
        return ""
    return " ".join(t.text for t in auxiliaries)


def _relative(tree: Tree, head: int, words: list[int], cutoff: list[int]) -> Facet | None:
    """ "the bridge, which collapsed on Monday": its antecedent takes the pronoun's place."""
    antecedent = _noun_words(tree, _nearest(tree, head), [head, *cutoff], set())
    who = tree.text(antecedent)
    pronoun = next((tree.tokens[i] for i in words if tree.tokens[i].low in RELATIVE), None)
    if pronoun is None or not who:
        return Facet(head, tuple(words), _sentence_of("", tree.text(words)))
    gone = {pronoun.i} | {t.i for t in tree.children(pronoun.i, "case")}
    rest = tree.text([i for i in words if i not in gone])
    if pronoun.low == "whose":
        return Facet(head, tuple(words), _sentence_of(f"{who}'s", rest), tuple(antecedent))
    if pronoun.kind.startswith("nsubj") or pronoun.rel.startswith("nsubj"):
        return Facet(head, tuple(words), _sentence_of(who, rest), tuple(antecedent))
    lead = (
        "in"
        if pronoun.low == "where"
        else tree.text([t.i for t in tree.children(pronoun.i, "case")])
    )
    own = tree.child(head, "nsubj", "nsubj:pass")
    subject = tuple(tree.subtree(own.i)) if own is not None else ()
    return Facet(head, tuple(words), _sentence_of(rest, f"{lead} {who}".strip()), subject)


_PERSON = re.compile(
    r"(?:officers?|man|men|woman|women|people|driver|suspect|gunman|gunmen|victims?|police(?:man|woman)|"
    r"soldiers?|boys?|girls?|child(?:ren)?|students?|workers?|residents?|witness(?:es)?|son|daughter|"
    r"father|mother|brother|sister|wife|husband|guards?|pilots?|doctors?|nurses?|journalists?|"
    r"leader|mayor|minister|president|spokes\w+|lawyers?|attacker|teenagers?|protesters?)$"
)


def _nearest(tree: Tree, clause: int) -> int:
    """The antecedent: the last of several conjoined nouns, where the clause follows it alone."""
    noun = tree.tokens[clause].head
    first = min(tree.subtree(clause))
    last = [c for c in tree.children(noun, "conj") if c.upos in {"NOUN", "PROPN"} and c.i < first]
    pronoun = tree.tokens[first] if tree.tokens[first].text != "," else tree.tokens[first + 1]
    behind = tree.tokens[first - 1] if first else None
    if behind is not None and behind.text == "," and first > 1:
        behind = tree.tokens[first - 2]
    if pronoun.low in {"who", "whom"} and behind is not None and behind.upos == "NOUN":
        if _PERSON.match(behind.low) and not _PERSON.match(tree.tokens[noun].low):
            return behind.i
    if last and max(tree.subtree(last[-1].i)) + 1 == first and tree.child(last[-1].i, "det"):
        return last[-1].i
    return noun


def _with_word(tree: Tree, words: list[int], at: int, word: str) -> str:
    before = tree.text([i for i in words if i < at])
    after = tree.text([i for i in words if i > at])
    return " ".join(p for p in (before, word, after) if p)


def _sentence(tree: Tree, words: Sequence[int]) -> str:
    return _sentence_of("", tree.text(words))


def _sentence_of(subject: str, rest: str) -> str:
    text = f"{subject} {rest}".strip()
    text = _EMPTY_TAIL.sub("", text)
    text = re.sub(r"\s+([,.;:!?’'])", r"\1", text)
    text = re.sub(r"^[\s,;:–—-]+|[\s,;:–—-]+$", "", text)
    text = text if _ABBREVIATED.search(text) else text.rstrip(".")
    text = re.sub(r"[,;]\s*([,;.])", r"\1", _balanced(text)).rstrip(",;: ")
    return text[:1].upper() + text[1:]


def _balanced(text: str) -> str:
    """Without quotation marks and brackets that lost their partner."""
    if text.count("“") != text.count("”"):
        text = text.replace("“", "").replace("”", "")
    if text.count('"') % 2:
        text = text.replace('"', "")
    if text.count("(") != text.count(")"):
        text = text.replace("(", "").replace(")", "")
    return " ".join(text.split())


def _distinct(facets: list[Facet]) -> list[Facet]:
    """Drop facets of no more than a word, and those said twice."""
    seen: set[str] = set()
    out = []
    for facet in facets:
        key = facet.text.casefold()
        if _ABOUT_SOURCE.search(facet.text) and len(facets) > 1:
            continue
        if key in seen or not re.search(r"\w", facet.text):
            continue
        if len(facet.text.split()) < 2 and len(facets) > 1:
            continue
        seen.add(key)
        out.append(facet)
    return out
