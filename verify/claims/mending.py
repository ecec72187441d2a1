"""Repairs parses that a small parser gets wrong in news language, where grammar forces a reading.

It moves heads, never words; a tree without such a fault comes back as it was.
"""

from __future__ import annotations

from dataclasses import replace

from verify.claims.tree import Token, Tree

_SUBORDINATE = {"after", "as", "while", "before", "when", "because", "since", "until", "although"}
_PREPOSITION = {"amid", "amidst", "following", "during", "despite"}
#: What befell the number of people before it, in headlines and posts ("3 dead, 14 wounded").
_STATE = {
    "dead", "killed", "wounded", "injured", "hurt", "missing", "trapped", "arrested", "detained",
    "hospitalised", "hospitalized", "displaced", "homeless", "evacuated", "rescued",
}  # fmt: skip
_OTHERS = {"another", "others", "some", "several", "many", "dozens", "scores", "hundreds"}
#: Verbs of headlines that look like plural nouns behind "as" ("as dam bursts near Derna").
_HEADLINE_VERB = {
    "bursts", "hits", "strikes", "kills", "fires", "rocks", "collapses", "erupts", "crashes",
    "explodes", "derails", "sinks", "opens", "rams", "ploughs", "plows", "rips", "sweeps", "shakes",
    "batters", "pounds", "lashes", "slams", "spreads", "rages", "storms", "floods", "overturns",
    "falls", "breaks", "engulfs", "tears", "attacks", "shells", "bombs", "raids", "clashes",
}  # fmt: skip


def mended(tree: Tree) -> Tree:
    """The tree with its forced repairs made."""
    for mend in _MENDS:
        tokens = list(tree.tokens)
        for token in tree.tokens:
            mend(tree, tokens, token)
        tree = tree.moved(tokens)
    return tree


def _subject_of_clause(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "died after the shaft filled with gas": a marked noun with a verb under it is a clause."""
    if token.kind not in {"obl", "nmod", "advcl"} or token.upos not in {"NOUN", "PROPN", "PRON"}:
        return
    mark = tree.child(token.i, "mark", "case")
    verb = next((c for c in tree.children(token.i, "acl") if c.upos == "VERB"), None)
    if mark is None or verb is None or mark.low not in _SUBORDINATE or verb.low.endswith("ing"):
        return
    after = tree.tokens[verb.i + 1].low if verb.i + 1 < len(tree) else ""
    if mark.kind == "case" and (after in {"by", "in", "on", "at"} or mark.low != "after"):
        return
    if verb.i != max(token.i, *(c.i for c in tree.children(token.i) if c.i < verb.i)) + 1:
        return
    tokens[verb.i] = replace(tokens[verb.i], head=token.head, rel="advcl")
    tokens[token.i] = replace(tokens[token.i], head=verb.i, rel="nsubj")
    tokens[mark.i] = replace(tokens[mark.i], head=verb.i)


def _verb_that_is_preposition(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "fired amid a curfew": the preposition read as a verb with an object."""
    if token.low not in _PREPOSITION or token.upos != "VERB" or token.kind != "advcl":
        return
    thing = tree.child(token.i, "obj")
    if thing is None:
        return
    tokens[thing.i] = replace(tokens[thing.i], head=token.head, rel="obl")
    tokens[token.i] = replace(tokens[token.i], head=thing.i, rel="case", upos="ADP")


def _bound_of_number(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "at least 11", "more than 30": the bound belongs to the number behind it."""
    if token.low not in {"least", "most", "than"} or token.i == 0 or token.i + 1 >= len(tree):
        return
    number, before = tree.tokens[token.i + 1], tree.tokens[token.i - 1]
    if number.upos != "NUM" or before.low not in {"at", "more", "fewer", "less"}:
        return
    for part in (token, before):
        tokens[part.i] = replace(tokens[part.i], head=number.i, rel="advmod")


def _counted_participle(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "11 were killed and 30 injured": the number before the participle is its subject."""
    fits = token.upos == "VERB" or token.low in _STATE
    if not fits or token.kind != "conj" or token.i == 0 or token.head < 0:
        return
    number = tree.tokens[token.i - 1]
    if number.low in _OTHERS and number.head == token.i and tree.tokens[token.head].upos == "VERB":
        tokens[number.i] = replace(tokens[number.i], rel="nsubj:pass")
        tokens[token.i] = replace(tokens[token.i], upos="VERB")
        return
    if number.upos != "NUM" or number.head not in {token.head, token.i} or number.i < token.head:
        return
    if tree.child(token.i, "nsubj", "nsubj:pass") is None:
        tokens[number.i] = replace(tokens[number.i], head=token.i, rel="nsubj:pass")


_HOLDS = {"nsubj", "obj", "iobj", "ccomp"}


def _lost_subject(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "said six people, all foreigners, had been arrested": hung on the verb of saying."""
    if token.kind != "ccomp" or token.head < 0 or token.i < token.head:
        return
    if tree.child(token.i, "nsubj", "nsubj:pass", "csubj") or not tree.child(token.i, "aux", "cop"):
        return
    if any(t.low in {"to", "of", "for", "from", "as"} for t in tree.children(token.i, "mark")):
        return
    between = [c for c in tree.children(token.head) if token.head < c.i < token.i]
    held = [c for c in between if c.kind in _HOLDS and c.upos not in {"ADV", "VERB", "AUX"}]
    held = [c for c in held if c.kind != "ccomp" or not tree.child(c.i, "cop", "nsubj", "aux")]
    if not held or (held[-1].kind == "nsubj" and not _has_subject_before(tree, token.head)):
        return
    rel = "nsubj:pass" if tree.child(token.i, "aux:pass") else "nsubj"
    tokens[held[-1].i] = replace(tokens[held[-1].i], head=token.i, rel=rel)


def _has_subject_before(tree: Tree, verb: int) -> bool:
    return any(c.i < verb for c in tree.children(verb, "nsubj"))


def _subject_before_auxiliary(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "…, and at least four guards were killed": the noun before the auxiliary is the subject."""
    own = tree.children(token.i, "aux", "cop")
    if not own or token.kind not in {"conj", "ccomp", "parataxis", "root"} or own[0].i > token.i:
        return
    if tree.child(token.i, "nsubj", "nsubj:pass", "csubj", "expl") or own[0].i < 2:
        return
    noun = _noun_ending_at(tree, own[0].i - 1)
    if (
        noun is None
        or noun.kind in {"nsubj", "nsubj:pass"}
        or noun.i in set(tree.ancestors(token.i))
    ):
        return
    first = min(tree.subtree(noun.i))
    before = tree.tokens[first - 1] if first else None
    if tree.tokens[first].upos in {"CCONJ", "PUNCT"}:
        before = tree.tokens[first]
    if before is None or not (before.upos in {"CCONJ", "SCONJ"} or before.text in {",", "“"}):
        return
    rel = "nsubj:pass" if tree.child(token.i, "aux:pass") else "nsubj"
    tokens[noun.i] = replace(tokens[noun.i], head=token.i, rel=rel)


def _noun_ending_at(tree: Tree, last: int) -> Token | None:
    """The noun whose phrase, with what describes it, ends at a word."""
    if tree.tokens[last].text == ",":
        for clause in tree.tokens[:last]:
            aside = clause.kind in {"acl:relcl", "appos", "acl"} and clause.head >= 0
            if aside and max(tree.subtree(clause.i)) in {last, last - 1}:
                return tree.tokens[clause.head]
        return None
    noun = tree.tokens[last]
    while noun.kind in {"nmod", "flat", "compound"} and 0 <= noun.head < noun.i:
        noun = tree.tokens[noun.head]
    return noun if noun.upos in {"NOUN", "PROPN", "PRON", "NUM"} else None


def _verb_under_noun(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "heard shooting and saw soldiers enter": a finite verb is no conjunct of an object."""
    if token.kind != "conj" or token.upos != "VERB" or token.low.endswith("ing") or token.head < 0:
        return
    noun = tree.tokens[token.head]
    if noun.upos not in {"NOUN", "PROPN"} or noun.kind not in {"obj", "obl"} or noun.head < 0:
        return
    takes = tree.child(token.i, "obj", "ccomp") is not None
    if not takes or tree.child(token.i, "cc") is None or tree.child(noun.i, "cop") is not None:
        return
    if tree.tokens[noun.head].upos == "VERB":
        tokens[token.i] = replace(tokens[token.i], head=noun.head)


def _apposition_as_conjunct(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "killed the attacker, a former soldier, and freed …": no list, one person described."""
    if token.kind != "conj" or token.upos != "NOUN" or token.head < 0 or token.i + 1 >= len(tree):
        return
    article = tree.child(token.i, "det")
    if article is None or article.low not in {"a", "an", "the"} or tree.child(token.i, "cc"):
        return
    noun, first = tree.tokens[token.head], min(tree.subtree(token.i))
    later = [c for c in tree.children(token.head, "conj") if c.i > token.i]
    if noun.kind not in {"obj", "obl", "nsubj", "nsubj:pass"} or tree.tokens[first].text != ",":
        return
    verbs = [c for c in later if c.upos == "VERB"]
    end = max(tree.subtree(token.i)) + 1
    if len(verbs) == len(later) and end < len(tree) and tree.tokens[end].text == ",":
        tokens[token.i] = replace(tokens[token.i], rel="appos")


def _counted_state(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "3 dead, 14 wounded after …": each number with what befell it is a predicate."""
    if token.low not in _STATE or token.i == 0 or token.upos not in {"ADJ", "VERB"}:
        return
    number = tree.tokens[token.i - 1]
    if number.upos != "NUM" or tree.child(token.i, "aux", "cop", "aux:pass") is not None:
        return
    if (
        token.kind == "amod"
        and token.i + 1 < len(tree)
        and tree.tokens[token.i + 1].i == token.head
    ):
        return  # "14 wounded soldiers"
    if number.head == token.i and number.kind == "nsubj":
        return
    stray = number.kind == "nummod" and number.head < number.i
    if stray or number.kind in {"root", "conj", "parataxis", "list", "appos"}:
        before = max((t.i for t in tree.tokens[: number.i] if t.low in _STATE), default=-1)
        head, rel = (before, "parataxis") if before >= 0 else (number.head, number.rel)
        if not stray:
            tokens[token.i] = replace(tokens[token.i], head=head, rel=rel)
    elif number.head != token.i:
        return
    tokens[number.i] = replace(tokens[number.i], head=token.i, rel="nsubj")


def _headline_verb(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "trapped as dam bursts near Derna": the plural noun behind "as" is a verb."""
    if token.upos != "NOUN" or token.low not in _HEADLINE_VERB or token.i == 0:
        return
    case, noun = tree.child(token.i, "case"), tree.tokens[token.i - 1]
    if case is None or case.low != "as" or noun.head != token.i or noun.kind != "compound":
        return
    tokens[token.i] = replace(tokens[token.i], upos="VERB", rel="advcl")
    tokens[noun.i] = replace(tokens[noun.i], rel="nsubj")
    tokens[case.i] = replace(tokens[case.i], rel="mark", upos="SCONJ")


def _said_behind_citing(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "TASS reported, citing X, that P": P is what was reported."""
    if (
        token.kind != "ccomp"
        or token.head < 0
        or not tree.tokens[token.head].low.startswith("citin")
    ):
        return
    mark, above = tree.child(token.i, "mark"), tree.tokens[token.head].head
    if mark is not None and mark.low == "that" and above >= 0:
        tokens[token.i] = replace(tokens[token.i], head=above)


def _saying_between(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "… and, witnesses said, drove away": a verb of saying between commas, about what follows."""
    if token.kind != "conj" or token.low not in {"said", "say", "says", "added"} or token.head < 0:
        return
    if tree.child(token.i, "ccomp", "obj", "parataxis") or not tree.child(token.i, "nsubj"):
        return
    verb = next((c for c in tree.children(token.head, "conj") if c.i > token.i), None)
    if verb is not None and tree.tokens[token.i + 1].text == ",":
        tokens[token.i] = replace(tokens[token.i], head=verb.i, rel="parataxis")


def _hyphenated(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "sit-in": what a hyphen glues together is one word, headed by its last part."""
    if token.text != "-" or token.i == 0 or token.i + 1 >= len(tree):
        return
    left, right = tree.tokens[token.i - 1], tree.tokens[token.i + 1]
    if (
        left.end != token.start
        or token.end != right.start
        or right.i in set(tree.ancestors(left.i))
    ):
        return
    if left.i in set(tree.ancestors(right.i)) or tree.children(left.i, "nsubj", "obj"):
        return
    tokens[left.i] = replace(tokens[left.i], head=right.i, rel="compound")
    tokens[token.i] = replace(tokens[token.i], head=right.i, rel="punct")


def _clause_of_apposition(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "The prisoner, a Dutch engineer held since 2021, …": the clause describes the engineer."""
    if token.kind not in {"acl", "acl:relcl"} or token.head < 0:
        return
    first = min(tree.subtree(token.i))
    for noun in tree.children(token.head, "appos"):
        if noun.i < token.i and first == max(tree.subtree(noun.i)) + 1:
            tokens[token.i] = replace(tokens[token.i], head=noun.i)


_PUTS = frozenset(
    "measured measures recorded gauged registered put puts putting placed places estimated "
    "estimates".split()
)


def _figure_put(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "put the number of arrests overnight at 34", "of injured at 31": the number's figure."""
    if token.low != "at" or token.i + 1 >= len(tree) or token.head < 0:
        return
    figure = tree.tokens[token.head]
    if figure.upos != "NUM" and tree.child(figure.i, "nummod") is None:
        return
    verb = next((i for i in tree.ancestors(figure.i) if tree.tokens[i].low in _PUTS), None)
    if (
        verb is None
        or any(
            t.upos == "VERB" and tree.tokens[t.i - 1].low != "of"  # "the number of injured"
            for t in tree.tokens[verb + 1 : token.i]
        )
    ):
        return
    thing = tree.child(verb, "obj")
    if thing is None or thing.i >= token.i:
        return
    of = figure.head != thing.i and tree.tokens[figure.head - 1].low == "of"
    if of or figure.i not in tree.subtree(thing.i):
        tokens[figure.i] = replace(tokens[figure.i], head=thing.i, rel="nmod")


def _clause_of_its_subject(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "… and no soldier has set foot in it": hung on its own subject as if it described it."""
    own = tree.child(token.i, "aux", "cop")
    if token.kind != "acl" or own is None or token.head < 0 or token.head > own.i:
        return
    if tree.child(token.i, "nsubj", "nsubj:pass", "mark") or token.low.endswith("ing"):
        return
    noun = tree.tokens[token.head]
    if noun.kind not in {"conj", "parataxis", "ccomp", "advcl", "root"} or own.i - noun.i > 2:
        return
    rel = "nsubj:pass" if tree.child(token.i, "aux:pass") else "nsubj"
    tokens[token.i] = replace(tokens[token.i], head=noun.head, rel=noun.rel)
    tokens[noun.i] = replace(tokens[noun.i], head=token.i, rel=rel)
    for child in tree.children(noun.i, "cc", "mark"):
        tokens[child.i] = replace(tokens[child.i], head=token.i)


def _double_subject(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "“Eleven are in custody and three guns were recovered”": each predicate has its own."""
    own = tree.children(token.i, "nsubj", "nsubj:pass")
    if len(own) < 2:
        return
    first, second = own[0], own[-1]
    for other in tree.tokens[first.i + 1 : second.i]:
        bare = tree.child(other.i, "nsubj", "nsubj:pass", "csubj") is None
        predicate = other.upos == "VERB" or tree.child(other.i, "cop") is not None
        governed = other.kind in {"ccomp", "conj", "parataxis"} and other.i != token.i
        goes_on = other.low.endswith("ing") and tree.child(other.i, "aux") is None
        if bare and predicate and governed and not goes_on:
            rel = "nsubj:pass" if tree.child(other.i, "aux:pass") else "nsubj"
            tokens[first.i] = replace(tokens[first.i], head=other.i, rel=rel)
            return


def _that_of_clause(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "said that eight people died": before a plural, "that" opens a clause."""
    noun = tree.tokens[token.head]
    plural = noun.low == "people" or (noun.low.endswith("s") and noun.upos == "NOUN")
    if token.low == "that" and token.kind == "det" and plural and noun.kind.startswith("nsubj"):
        tokens[token.i] = replace(token, head=noun.head, rel="mark", upos="SCONJ")


def _distance(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "the epicenter was 58 kilometers east of the town": the distance hangs on "east"."""
    after = tree.tokens[token.i + 1] if token.i + 1 < len(tree) else None
    if after is None or token.upos != "NOUN" or tree.child(token.i, "nummod") is None:
        return
    same = token.head == after.head and token.kind == after.kind == "ccomp"
    if same and tree.child(after.i, "cop", "nsubj") is not None:
        tokens[token.i] = replace(tokens[token.i], head=after.i, rel="obl:unmarked")


def _subject_behind_mark(tree: Tree, tokens: list[Token], token: Token) -> None:
    """ "only after somebody in the crowd fired": the noun between mark and verb is its subject."""
    mark = tree.child(token.i, "mark")
    if token.kind != "advcl" or token.upos != "VERB" or mark is None or mark.i > token.i:
        return
    if token.low.endswith("ing") or tree.child(token.i, "nsubj", "nsubj:pass", "expl") is not None:
        return
    for noun in tree.tokens[mark.i + 1 : token.i]:
        loose = noun.kind in {"obl", "obj", "nmod"} and noun.head == token.head
        if loose and tree.child(noun.i, "case") is None and noun.upos in {"NOUN", "PROPN", "PRON"}:
            rel = "nsubj:pass" if tree.child(token.i, "aux:pass") else "nsubj"
            tokens[noun.i] = replace(tokens[noun.i], head=token.i, rel=rel)
            return


_MENDS = (
    _that_of_clause,
    _subject_behind_mark,
    _distance,
    _double_subject,
    _clause_of_its_subject,
    _figure_put,
    _hyphenated,
    _clause_of_apposition,
    _subject_of_clause,
    _verb_that_is_preposition,
    _bound_of_number,
    _counted_participle,
    _lost_subject,
    _subject_before_auxiliary,
    _verb_under_noun,
    _apposition_as_conjunct,
    _counted_state,
    _headline_verb,
    _said_behind_citing,
    _saying_between,
)
