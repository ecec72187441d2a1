"""English noun phrases that name a speaker: head noun, whose it is, named or not.

Reads the grammar of the phrase (head, words before it, "of" and "in" phrases, appositions, marks
of anonymity) with a small table of nouns (`roles.txt`). It knows no bodies by name: those come in
through `known`, and it never guesses a state: what the words leave open is `unknown` or no party.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

from . import places
from .places import Place, Token
from .values import Kind, Source

#: Words that begin a body's own name: what follows them is not the shorter name of another.
_BEGINNINGS = frozenset(
    "national new free popular united islamic democratic royal central federal first real".split()
)


class Noun(NamedTuple):
    """What a noun says of the speaker; `open` where the words around it decide first."""

    kind: Kind
    sort: str
    open: bool


class Tag(NamedTuple):
    """A run of words with what it is: a known source, a place, a noun, or just words."""

    start: int
    end: int
    source: Source | None = None
    place: Place | None = None
    people: bool = False
    noun: Noun | None = None
    modifier: Kind | None = None


#: Finds the longest known source at a token: how many tokens, and the source.
Known = Callable[[Sequence[Token], int], tuple[int, Source] | None]


@dataclass(frozen=True)
class Lexicon:
    """The table of nouns and markers, by key."""

    nouns: dict[str, Noun] = field(default_factory=dict)
    modifiers: dict[str, Kind] = field(default_factory=dict)
    marks: dict[str, frozenset[str]] = field(default_factory=dict)


def key_of(phrase: str) -> str:
    """Return a phrase's words without case, accents and punctuation."""
    return " ".join(t.key for t in places.tokens_of(phrase))


@cache
def lexicon() -> Lexicon:
    """Return the table of nouns, read once."""
    made = Lexicon()
    text = resources.files(__package__).joinpath("roles.txt").read_text("utf-8")
    for line in text.splitlines():
        head, _, words = line.partition(": ")
        if not words or line.startswith("#"):
            continue
        forms = [w.strip() for w in words.split(",")]
        name, _, sort = head.partition(" ")
        if name == "modifier":
            made.modifiers.update((key_of(w), Kind(sort)) for w in forms)
        elif not sort:
            made.marks[name] = frozenset(w if name == "nameless" else key_of(w) for w in forms)
        else:
            noun = Noun(Kind(name.lstrip("*")), sort, name[0] == "*")
            for form in forms:
                made.nouns.setdefault(key_of(form), noun)
    return made


def marks(name: str) -> frozenset[str]:
    """Return one of the table's sets of marker words."""
    return lexicon().marks[name]


def singular(word: str) -> str:
    """Return the singular of a plural noun, by its ending."""
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def noun_of(keys: Sequence[str]) -> tuple[Noun | None, bool]:
    """Look a run of words up as a noun; tell also whether it stood in the plural."""
    nouns = lexicon().nouns
    plain = " ".join(keys)
    last = " ".join([*keys[:-1], singular(keys[-1])])
    first = " ".join([singular(keys[0]), *keys[1:]])
    for form in (plain, last, first):
        if form in nouns:
            return nouns[form], form != plain
    return None, False


class Phrase:
    """One noun phrase, cut into tags. `country` is the state that the article is about."""

    def __init__(self, text: str, known: Known, country: str | None = None) -> None:
        self.text, self.known, self.country = text, known, country
        self.tokens = places.tokens_of(text)
        self.tags = self._tags()
        self.cut = self._first_cut()

    def _tags(self) -> list[Tag]:
        starts = {m.span.start: m for m in places.find(self.text)}
        tags: list[Tag] = []
        i = 0
        while i < len(self.tokens):
            tag = self._tag(i, starts.get(self.tokens[i].start))
            tags.append(tag)
            i = tag.end
        return self._own_nouns(tags)

    def _tag(self, i: int, mention: places.Mention | None) -> Tag:
        options = [Tag(i, i + 1)]
        keys = [t.key for t in self.tokens[i : i + 5]]
        for size in range(len(keys), 0, -1):
            noun, _ = noun_of(keys[:size])
            modifier = lexicon().modifiers.get(" ".join(keys[:size]))
            if (noun or modifier) and not self._is_parted(i, i + size):
                options.append(Tag(i, i + size, noun=noun, modifier=modifier))
                break
        if mention:
            size = len(places.tokens_of(mention.text))
            people = mention.role == "people"
            options.append(Tag(i, i + size, place=mention.place, people=people))
        found = self.known(self.tokens, i)
        if found and ((found[0] == 1 and self._is_first_name(i)) or self._is_name_cut(i)):
            found = None
        if found and not self._is_parted(i, i + found[0]):
            options.append(Tag(i, i + found[0], source=found[1]))
        return max(reversed(options), key=lambda tag: tag.end)

    def _is_first_name(self, i: int) -> bool:
        """Tell whether a body's one-word name begins a person's ("Petra Zilles")."""
        first = self.tokens[i].text
        if i + 1 >= len(self.tokens) or first.isupper() or not first[0].isupper() or i:
            return False
        after = self.tokens[i + 1]
        if not (after.text[0].isupper() and after.text[1:].islower()):
            return False
        gap = self.text[self.tokens[i].end : after.start]
        noun, _ = noun_of([after.key])
        return (
            gap == " "
            and noun is None
            and after.key not in lexicon().modifiers
            and (not places.find(after.text))
        )

    def _is_name_cut(self, i: int) -> bool:
        """Tell whether a longer name was begun before ("National | Resistance Front")."""
        if i == 0 or self.tokens[i - 1].key not in _BEGINNINGS:
            return False
        before = self.tokens[i - 1]
        glued = self.text[before.end : self.tokens[i].start] == " "
        return glued and before.text[0].isupper() and self.tokens[i].text[0].isupper()

    def _is_parted(self, i: int, j: int) -> bool:
        run = self.tokens[i:j]
        return any(set(",;:(") & set(self.text[a.end : b.start]) for a, b in pairwise(run))

    def _own_nouns(self, tags: list[Tag]) -> list[Tag]:
        """Read a body's common name as a noun where another state is meant.

        "Foreign Office" is Britain's; "the German Foreign Office", or the one of an article on
        Germany, is not.
        """
        states = {t.place.country for t in tags if t.place and t.place.sort != "seat"}
        if not states and self.country:
            states = {self.country}
        result: list[Tag] = []
        for tag in tags:
            body = tag.source
            if body and states and body.party not in states and places.is_country(body.party or ""):
                noun, _ = noun_of([t.key for t in self.tokens[tag.start : tag.end]])
                if noun is None and self._is_owned(result):
                    noun = Noun(body.kind, "inst", False)
                result.append(Tag(tag.start, tag.end, noun=noun) if noun else tag)
            else:
                result.append(tag)
        return result

    def _is_owned(self, before: list[Tag]) -> bool:
        """Tell whether a state owns what follows ("Bangladesh's", "Bangladeshi")."""
        if before and self.tokens[before[-1].start].key == "s":
            return len(before) > 1 and before[-2].place is not None
        return bool(before) and before[-1].people and not self.after(before[-1])

    def _first_cut(self) -> int:
        """Return the index of the tag at which what follows the head begins."""
        for n, tag in enumerate(self.tags):
            if n and self._gap(n) & set(",;:(—"):
                return n
            plain = not (tag.source or tag.place or tag.noun or self.before(tag))
            if n and plain and self.tokens[tag.start].key in marks("stop"):
                return n
        return len(self.tags)

    def _gap(self, n: int) -> set[str]:
        before = self.tokens[self.tags[n - 1].end - 1]
        return set(self.text[before.end : self.tokens[self.tags[n].start].start])

    def words(self, tag: Tag) -> str:
        """Return a tag's own words."""
        return self.text[self.tokens[tag.start].start : self.tokens[tag.end - 1].end]

    def is_name(self, tag: Tag) -> bool:
        """Tell whether a tag is just words that begin with a capital, as a person's name does."""
        plain = not (tag.source or tag.place or tag.noun or tag.modifier)
        token = self.tokens[tag.start]
        particle = token.key in marks("particles") or self._is_hyphened(tag)
        return plain and (token.text[0].isupper() or token.text[0].isdigit() or particle)

    def _is_hyphened(self, tag: Tag) -> bool:
        joined = tag.start and self.before(tag)
        if self.tokens[tag.start].key in marks("governs") | marks("loose"):
            return False
        return bool(joined) and self.tokens[tag.start - 1].text[0].isupper()

    def is_ending(self, tag: Tag) -> bool:
        """Tell whether a tag is a bare possessive ending or an idle word."""
        return self.tokens[tag.start].key in marks("idle") and not (tag.noun or tag.place)

    def head(self) -> int | None:
        """Return the index of the head's tag within the part before the cut."""
        name_after = False
        for n in range(self.cut - 1, -1, -1):
            tag = self.tags[n]
            if self.is_ending(tag):
                continue
            if self.is_name(tag):
                name_after = True
                continue
            if tag.place and self._is_in_name(n, name_after):
                name_after = True
                continue
            return n if tag.source or tag.place or tag.noun else None
        return None

    def _is_in_name(self, n: int, name_after: bool) -> bool:
        """Tell whether a place's name is part of a person's ("London Breed", "Volker Türk")."""
        before = self.tags[n - 1] if n else None
        if before is None:
            return name_after and self.tokens[self.tags[1].start].key == "s"
        if self.is_name(before) and not self.is_ending(before):
            return True
        title = before.noun is not None and before.noun.sort in {"office", "person", "voice"}
        return title and name_after

    def has_name(self, n: int) -> bool:
        """Tell whether a person's name follows the head."""
        return any(self.is_name(t) for t in self.tags[n + 1 : self.cut])

    def after(self, tag: Tag) -> str:
        """Return what follows a hyphen after a tag ("run" in "Hamas-run"), or nothing."""
        if tag.end >= len(self.tokens):
            return ""
        gap = self.text[self.tokens[tag.end - 1].end : self.tokens[tag.end].start]
        return self.tokens[tag.end].key if gap in {"-", "‐", "–"} else ""

    def before(self, tag: Tag) -> str:
        """Return what stands before a tag with a hyphen ("pro" in "pro-Russian"), or nothing."""
        if not tag.start:
            return ""
        gap = self.text[self.tokens[tag.start - 1].end : self.tokens[tag.start].start]
        return self.tokens[tag.start - 1].key if gap in {"-", "‐", "–"} else ""

    def tail(self) -> tuple[str, str]:
        """Return the word or mark at the cut, and the text after it."""
        if self.cut >= len(self.tags):
            return "", ""
        tag = self.tags[self.cut]
        token = self.tokens[tag.start]
        if self._gap(self.cut) & set(",;:(—") or token.key not in marks("stop"):
            return ",", self.text[token.start :]
        return token.key, self.text[token.end :].strip()

    def key(self, tag: Tag) -> str:
        """Return a tag's words without case and accents."""
        return " ".join(t.key for t in self.tokens[tag.start : tag.end])

    def is_former(self, tag: Tag) -> bool:
        """Tell whether a word says that the office is over ("former", "ex-")."""
        return self.tokens[tag.start].key in marks("former")

    def is_loose(self, tag: Tag) -> bool:
        """Tell whether a name before the head is no owner ("Iran-backed", "pro-Russian")."""
        return self.after(tag) in marks("loose") or self.before(tag) in {"pro", "anti", "non"}

    def is_held(self, tag: Tag) -> bool:
        """Tell whether a state only holds the place that follows ("Turkish-controlled Cyprus")."""
        if not tag.place or self.after(tag) != "controlled":
            return False
        return any(t.place and t.start > tag.end for t in self.tags[: self.cut])

    def travels(self, tag: Tag) -> bool:
        """Tell whether a head is somebody whom a state sends to another (an envoy, a diplomat)."""
        return singular(self.tokens[tag.end - 1].key) in marks("travellers")

    def serves(self, tag: Tag) -> bool:
        """Tell whether a head serves whom its "to" names ("an aide to the president")."""
        return singular(self.tokens[tag.end - 1].key) in marks("servants")

    def is_countable(self, tag: Tag) -> bool:
        """Tell whether a body's noun names one person when counted ("a rebel")."""
        words = self.key(tag).split(" ")
        return " ".join([*words[:-1], singular(words[-1])]) in marks("countable")

    def has_stranger(self, tags: list[Tag]) -> bool:
        """Tell whether a name that nothing is known of stands among the tags."""
        return any(
            self.is_name(t) and not self.is_ending(t) and self.key(t) not in marks("nowhere")
            for t in tags
        )

    def kind_before(self, tag: Tag) -> Kind | None:
        """Return the kind that a word before an open noun gives it."""
        if tag.source:
            return None if self.after(tag) in marks("loose") else tag.source.kind
        if tag.modifier:
            return tag.modifier
        if tag.noun and not tag.noun.open and tag.noun.sort != "crowd":
            return tag.noun.kind
        if tag.place and tag.place.sort == "seat" and not self.after(tag):
            return Kind.GOVERNMENT
        return None
