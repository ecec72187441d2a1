"""Forms of the lexicon's verbs and nouns, American and British."""

from __future__ import annotations

import pytest

from verify.claims import inflect


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("say", {"say", "says", "said", "saying"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("refuse", {"refuse", "refuses", "refused", "refusing"}),
        ("admit", {"admit", "admits", "admitted", "admitting"}),
        ("put", {"put", "puts", "putting"}),
        ("withhold", {"withhold", "withholds", "withheld", "withholding"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
    ],
)
def test_a_verb_has_its_forms(lemma: str, forms: set[str]) -> None:
    assert inflect.verb_forms(lemma) == forms


def test_a_verb_in_ize_is_also_spelt_ise() -> None:
    assert {"criticised", "criticized", "criticising"} <= inflect.verb_forms("criticize")


def test_a_noun_has_its_plural() -> None:
    assert inflect.noun_forms("denial") == {"denial", "denials"}
    assert inflect.noun_forms("inquiry") == {"inquiry", "inquiries"}
