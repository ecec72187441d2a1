"""Pairs of statement and claim in the language of news, made from the templates of news_pairs.tsv.

    python -m training.news_pairs [COUNT]     # prints some

A line of the file is a scenario: topic, what holds (A), its negation or antonym (B), other things
that cannot hold beside A (C), more specific wordings that entail A (D) or B (E), and near ones of
which neither says anything (N); `|` parts wordings. Any two of A say the same, and so do any two of
B; D and E say more, so that from A to D or B to E is neutral and back supports; A and D against B,
C, E refute. Denials, confirmations, silence and hedging frame the statement. Labels come equally
often, from the same sentences, so the words that two texts share decide nothing.
`tests/gold/stance_news.tsv` has other scenarios: none may be copied between the two.
"""

from __future__ import annotations

import random
import re
import sys
from functools import lru_cache
from pathlib import Path

from training.made_pairs import noisy
from training.reporting_words import AFFIRM, DENY, HEDGED, SILENT, SPEAKERS

Row = dict[str, str]
Scenario = dict[str, tuple[str, ...]]
Cast = dict[str, str]

FILE = Path(__file__).with_suffix(".tsv")
GROUPS = ("topic", "A", "B", "C", "D", "E", "N")

CITIES = [
    city.replace("_", " ")
    for city in (
        "Aleppo Zaragoza Lviv Peshawar Mombasa Leeds Dortmund Izmir Nantes Baltimore Tripoli Basra "
        "Mersin Dnipro Kaduna Lahore Bergen Mosul Antwerp Toronto Jos Manila Hodeidah Goma Rafah "
        "Debrecen Kherson Tampa Cali Kandahar Valparaíso Sendai Perth Tbilisi Mekelle Sidon "
        "Belgorod New_Orleans Port_Sudan San_Miguel Kota_Baru Bahir_Dar"
    ).split()
]
COUNTRIES = (
    "Iran Israel Russia Ukraine Turkey Syria France Germany India Pakistan China Kenya Nigeria "
    "Sudan Egypt Qatar Poland Hungary Brazil Mexico Japan Chad Georgia Armenia Lebanon Iraq Peru"
).split()
PEOPLE = [
    *("Mehmet Aydin", "Anna Kowalska", "Garcia", "Okafor", "Lindqvist", "Tanaka", "Al-Masri"),
    *("Ivan Petrenko", "Dubois", "Rahman", "Costa", "Nkemelu", "Hassan", "O'Brien", "Sharma"),
    *("Senator Blake", "Haddad", "Novak", "Maria Silva", "Wanjiru", "Prince Faris", "Moreau"),
]
NATIONS = (
    "Iranian Israeli Russian Ukrainian Turkish Syrian French German Indian Pakistani Chinese "
    "Kenyan Nigerian Egyptian Polish American Canadian Belgian Tunisian Moroccan Afghan Brazilian"
).split()
FORCES = [
    *("the army", "the navy", "the national guard", "the air force", "the coalition"),
    *("the Turkish army", "the Israeli army", "the Saudi air force", "the Russian navy"),
]
MILITIAS = [
    *("the militia", "the Northern Front", "Al-Nasr Brigade", "the rebel army", "the junta"),
    *("the Free Wolves", "Boko Haram", "Hezbollah", "the Islamic State", "the Red Column"),
]
SHIPS = ("Aegean Star", "MV Lotus", "Sea Falcon", "Nordic Pearl", "Al Bahr", "Rio Branco")
SITES = (
    *("the airport", "the hospital", "the main station", "the university", "the harbour"),
    *("the central market", "the stadium", "the courthouse", "the public library"),
)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
ARTICLE = re.compile(r"\b(?:the|a|an) ", re.I)
COPULA = re.compile(r"\b(?:is|are|was|were|has been|have been) (?!(?:no|any|a|an|the)\b)")
#: Sentences that are a denial already are not denied once more.
DENIAL = re.compile(r"\b(?:false|untrue|wrong|fake|made up|hoax|denies|forgery)\b", re.I)


@lru_cache(maxsize=1)
def scenarios() -> tuple[Scenario, ...]:
    """The scenarios of the file, wordings by group."""
    out = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        cells = [tuple(w.strip() for w in c.split("|") if w.strip()) for c in line.split("\t")]
        out.append(dict(zip(GROUPS, cells, strict=True)))
    return tuple(out)


def cast(rng: random.Random) -> Cast:
    """Names and figures for one pair; whatever must differ differs."""
    city, city2 = rng.sample(CITIES, 2)
    country, country2 = rng.sample(COUNTRIES, 2)
    person, person2 = rng.sample(PEOPLE, 2)
    force, force2 = rng.sample(FORCES, 2)
    many = rng.choice((12, 40, 300))
    n, m = rng.sample(range(3, many), 2)
    return {
        "city": city,
        "city2": city2,
        "country": country,
        "country2": country2,
        "person": person,
        "person2": person2,
        "force": force,
        "force2": force2,
        "group": rng.choice(MILITIAS),
        "ship": rng.choice(SHIPS),
        "site": rng.choice(SITES),
        "nat": rng.choice(NATIONS),
        "n": str(n),
        "m": str(m),
        "day": rng.choice(DAYS),
    }


def filled(template: str, names: Cast) -> str:
    """The wording with its names, its first letter small unless it is a name's."""
    text = template.format(**names)
    if not template.startswith("{") and text[1:2].islower():
        text = text[0].lower() + text[1:]
    return text if not re.match(r"(A|I) ", text) else text[0].lower() + text[1:]


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def headline(text: str, rng: random.Random) -> str:
    """The sentence as a headline: no articles, mostly no auxiliaries, sometimes capitals."""
    out = ARTICLE.sub("", text)
    if not out.lower().startswith(("there", "it ", "that ")) and rng.random() < 0.6:
        out = COPULA.sub("", out, count=1)
    if rng.random() < 0.15:
        return out.upper()
    if rng.random() < 0.15:
        words = out.split()
        k = rng.randrange(len(words))
        words[k] = words[k].upper()
        out = " ".join(words)
    return upper(out)


def as_claim(text: str, rng: random.Random) -> str:
    """The claim as a sentence, a headline or a post."""
    kind = rng.random()
    if kind < 0.45:
        return upper(text) + rng.choice(("", "."))
    if kind < 0.75:
        return headline(text, rng)
    return noisy(upper(text) if kind < 0.9 else headline(text, rng), rng)


def as_statement(text: str, rng: random.Random) -> str:
    """The statement plain or in a frame that affirms it."""
    if rng.random() < 0.6:
        return upper(text) + rng.choice(("", ".", "."))
    return upper(rng.choice(AFFIRM).format(s=rng.choice(SPEAKERS), p=text))


class _Draw:
    """One scenario with one cast; draws wordings of its groups."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.scenario = rng.choice(scenarios())
        self.names = cast(rng)

    def __call__(self, groups: str, other: str = "") -> str:
        pool = [w for g in groups for w in self.scenario[g]]
        pool = [w for w in pool if filled(w, self.names) != other] or pool
        return filled(self.rng.choice(pool), self.names)

    def framed(self, frames: list[str], text: str) -> str:
        return upper(self.rng.choice(frames).format(s=self.rng.choice(SPEAKERS), p=text))


def _supports(draw: _Draw, rng: random.Random) -> tuple[str, str]:
    side, deep = rng.choice(("AD", "BE"))
    kind = rng.random()
    if kind < 0.12:
        other = draw("B" if side == "A" else "A")
        if not DENIAL.search(other):
            return draw.framed(DENY, other), draw(side)
    first = draw(deep if kind > 0.65 and draw.scenario[deep] else side)
    same = kind < 0.18
    return as_statement(first, rng), first if same else draw(side, first)


def _refutes(draw: _Draw, rng: random.Random) -> tuple[str, str]:
    if rng.random() < 0.2:
        side, deep = rng.choice(("AD", "BE"))
        text = draw(side)
        if not DENIAL.search(text):
            return draw.framed(DENY, text), text if rng.random() < 0.4 else draw(side + deep)
    first, second = draw(rng.choice("AAD")), draw(rng.choice("BBCEE"))
    if rng.random() < 0.45:
        first, second = second, first
    return as_statement(first, rng), second


def _neutral(draw: _Draw, rng: random.Random) -> tuple[str, str]:
    kind = rng.random()
    if kind < 0.35:
        side, deep = rng.choice(("AD", "BE"))
        return as_statement(draw(side), rng), draw(deep)
    if kind < 0.65:
        first, second = draw("AB"), draw("N")
        if rng.random() < 0.5:
            first, second = second, first
        return as_statement(first, rng), second
    if kind < 0.72:
        first = draw("N")
        return as_statement(first, rng), draw("N", first)
    if kind < 0.9:
        text = draw("AB")
        claim = text if rng.random() < 0.3 else draw("ABDE")
        return draw.framed(SILENT + HEDGED, text), claim
    return _elsewhere(draw, rng)


def _elsewhere(draw: _Draw, rng: random.Random) -> tuple[str, str]:
    """Two scenarios of one topic with the same names."""
    mine = draw.scenario
    text = draw("ABDE")
    others = [
        s
        for s in scenarios()
        if s["topic"] == mine["topic"] and s["A"][0].split()[:2] != mine["A"][0].split()[:2]
    ]
    draw.scenario = rng.choice(others or [mine])
    statement = draw.framed(DENY, text) if rng.random() < 0.3 else as_statement(text, rng)
    return statement, draw("DE" if others else "N")


MAKERS = {"supports": _supports, "refutes": _refutes, "neutral": _neutral}


def make(count: int, rng: random.Random) -> list[Row]:
    """`count` new rows with `evidence`, `claim`, `label`, `source`; a third of each label."""
    out = []
    labels = list(MAKERS)
    for i in range(count):
        label = labels[i % 3]
        statement, claim = MAKERS[label](_Draw(rng), rng)
        out.append(
            {
                "evidence": statement,
                "claim": as_claim(claim, rng),
                "label": label,
                "source": "made_news",
            }
        )
    rng.shuffle(out)
    return out


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    for row in make(asked, random.Random(1)):
        print(row["label"], row["evidence"], row["claim"], sep="\t")
