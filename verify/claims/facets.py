"""Cut a parsed sentence into facets: one for each thing that can be checked by itself.

A facet is a predicate with its own words (clauses, conjuncts, participles, relative clauses), or an
event noun in a phrase of circumstance ("amid Israeli airstrikes"). Each is made a sentence of its
own with the subject it shares; it never says anything that the sentence does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from verify.claims import clauses, contents, ellipsis, members, sentences
from verify.claims.frame import Frame
from verify.claims.phrases import RELATIVE
from verify.claims.splices import APART
from verify.claims.tree import Token, Tree
from verify.claims.verbs import is_participle

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
    aside = members.find(tree, framing)
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
    out += _left_over(tree, out, framing | {i for m in aside for i in m.words}, apart)
    out += [Facet(m.root, m.words, sentences.of("", m.text), is_member=True) for m in aside]
    return _distinct(sorted(out, key=lambda f: f.root))


def _left_over(
    tree: Tree, found: Sequence[Facet], framing: set[int], apart: set[int]
) -> list[Facet]:
    """Clauses and events that no facet holds: a misread attribution takes no claim with it."""
    held = framing | {i for f in found for i in (*f.words, *f.subject)}
    out = []
    for token in tree.tokens:
        own = tree.child(token.i, "nsubj", "nsubj:pass")
        if token.i in held or own is None or own.i in held or token.kind in {"acl", "acl:relcl"}:
            continue
        if token.upos not in {"VERB", "ADJ", "NOUN"} or own.low in RELATIVE:
            continue
        above = set(tree.ancestors(token.i))
        asks = contents.only_asks(tree, tuple(tree.subtree(token.i)))
        if asks or clauses.is_foreseen(tree, token) or above & {i for f in found for i in f.words}:
            continue
        facet = _facet(tree, token.i, apart | {f.root for f in found}, framing)
        if facet is not None:
            out.append(facet)
            held |= set(facet.words)
    return out


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
        return Facet(head, tuple(words), sentences.plain(tree, words), is_noun=True)
    own = tree.child(head, "nsubj", "nsubj:pass", "csubj")
    if token.kind == "acl:relcl":
        return _relative(tree, head, words, cutoff)
    borrowed = () if own is not None else _borrowed(tree, head, heads, framing)
    subject = tuple(i for i in tree.subtree(own.i, without=cutoff)) if own is not None else borrowed
    text = _filled(tree, sentences.clause(tree, head, words, borrowed), head, words)
    return Facet(head, tuple(words), text, subject, is_noun=token.upos == "NOUN" and own is None)


def _filled(tree: Tree, text: str, head: int, words: Sequence[int]) -> str:
    """The wording with what its bare quantifiers leave out ("one of the attackers")."""
    own = tree.child(head, "nsubj", "nsubj:pass")
    for token in [own] if own is not None else [tree.tokens[i] for i in words]:
        gap = (
            ellipsis.missing(tree, token, head) if token is own else ellipsis.in_phrase(tree, token)
        )
        if gap is not None:
            word = re.search(rf"\b{re.escape(token.text)}\b", text, re.I)
            text = text[: word.end()] + gap + text[word.end() :] if word is not None else text
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


_HANGING = {"conj", "advcl", "xcomp", "parataxis", "ccomp"}


def _borrowed(tree: Tree, head: int, heads: set[int], framing: set[int]) -> tuple[int, ...]:
    """The subject that a conjunct or participle shares with the clause it hangs on."""
    at, seen = head, 0
    while seen < 4:
        token = tree.tokens[at]
        if token.kind == "acl":
            return tuple(_noun_words(tree, token.head, [at], framing))
        if token.head in framing and token.kind in _HANGING - {"xcomp"}:
            return _of_what_is_said(tree, token, framing)
        earlier = _earlier_clause(tree, token)
        if earlier is not None:
            return tuple(_noun_words(tree, earlier, list(heads - {earlier}), set()))
        if token.kind not in _HANGING or token.head < 0 or not _may_borrow(tree, token):
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
            return _lent(tree, at, subject, heads)
        seen += 1
    return ()


def _lent(tree: Tree, clause: int, subject: Token, heads: set[int]) -> tuple[int, ...]:
    """The words of a clause's subject; of a relative pronoun, those of its antecedent."""
    if subject.low in RELATIVE and tree.tokens[clause].rel == "acl:relcl":
        return tuple(_noun_words(tree, tree.tokens[clause].head, [clause], set()))
    return tuple(_noun_words(tree, subject.i, list(heads - {subject.i}), set()))


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
    if token.kind != "parataxis":
        return True
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


def _relative(tree: Tree, head: int, words: list[int], cutoff: list[int]) -> Facet | None:
    """ "the bridge, which collapsed on Monday": its antecedent takes the pronoun's place."""
    antecedent = _noun_words(tree, _nearest(tree, head), [head, *cutoff], set())
    who = tree.text(antecedent)
    pronoun = next((tree.tokens[i] for i in words if tree.tokens[i].low in RELATIVE), None)
    if pronoun is None or not who:
        return Facet(head, tuple(words), sentences.of("", tree.text(words)))
    gone = {pronoun.i} | {t.i for t in tree.children(pronoun.i, "case")}
    rest = tree.text([i for i in words if i not in gone])
    if pronoun.low == "whose":
        return Facet(head, tuple(words), sentences.of(f"{who}'s", rest), tuple(antecedent))
    if pronoun.kind.startswith("nsubj") or pronoun.rel.startswith("nsubj"):
        return Facet(head, tuple(words), sentences.of(who, rest), tuple(antecedent))
    lead = (
        "in"
        if pronoun.low == "where"
        else tree.text([t.i for t in tree.children(pronoun.i, "case")])
    )
    own = tree.child(head, "nsubj", "nsubj:pass")
    subject = tuple(tree.subtree(own.i)) if own is not None else ()
    return Facet(head, tuple(words), sentences.of(rest, f"{lead} {who}".strip()), subject)


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
    person = behind is not None and behind.upos == "NOUN" and _PERSON.match(behind.low)
    if pronoun.low in {"who", "whom"} and person and not _PERSON.match(tree.tokens[noun].low):
        return behind.i if behind is not None else noun
    if last and max(tree.subtree(last[-1].i)) + 1 == first and tree.child(last[-1].i, "det"):
        return last[-1].i
    return noun


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
