"""verify.report.json: the form verify.report/1, whole and back."""

from __future__ import annotations

import copy
import json as stdlib_json
from dataclasses import replace

import pytest
from damascus import C5, REPORT
from damascus_said import S_SANA, STATEMENTS
from hostile import REPORT_HOSTILE

from verify.errors import InputError
from verify.report import json
from verify.values import Evidence, Label, Report, Stance


@pytest.mark.parametrize("report", [REPORT, REPORT_HOSTILE], ids=["damascus", "hostile"])
def test_a_report_written_and_read_again_is_the_same_report(report: Report) -> None:
    assert json.loads(json.render(report)) == report


@pytest.mark.parametrize("report", [REPORT, REPORT_HOSTILE], ids=["damascus", "hostile"])
def test_a_report_satisfies_the_schema_that_ships_with_the_package(report: Report) -> None:
    json.validate(stdlib_json.loads(json.render(report)))


def test_the_schema_itself_is_a_valid_schema() -> None:
    from jsonschema import Draft202012Validator

    Draft202012Validator.check_schema(json.schema())


def test_the_json_has_the_keys_of_the_contract() -> None:
    shaped = json.to_json(REPORT)
    assert list(shaped) == [
        "schema",
        "article",
        "as_of",
        "created_at",
        "models",
        "archive",
        "posts",
        "statements",
        "claims",
        "counts",
        "warnings",
    ]
    assert shaped["schema"] == "verify.report/1"
    assert shaped["article"]["published_at"] == "2019-11-20T00:00:00Z"
    assert shaped["archive"] == {"path": "/home/desk/archive.db", "statements": 7}
    assert shaped["as_of"] is None
    claim = next(c for c in shaped["claims"] if c["id"] == "c5")
    assert claim["verdict"] == "confirmed"
    assert claim["rule"] == 4
    assert claim["basis"] == "relayed"
    assert claim["rivals"] == ["c7"]
    assert claim["origin"]["kind"] == "post"
    assert claim["origin"]["post"] == "p1"
    assert claim["source"]["kind"] == "social"
    assert claim["event_time"] == {
        "start": "2019-11-19T18:00:00Z",
        "end": "2019-11-20T00:00:00Z",
        "text": "Tuesday night",
        "precise": True,
    }
    assert claim["evidence"][0] == {
        "statement": "a1",
        "stance": "supports",
        "score": 0.93,
        "note": "later than the article",
        "counts": True,
    }


def test_every_verdict_is_counted_also_those_that_do_not_occur() -> None:
    shaped = json.to_json(replace(REPORT, findings=(C5,)))
    assert shaped["counts"] == {str(label): int(label is Label.CONFIRMED) for label in Label}


def test_spans_cut_the_claims_own_words_out_of_the_text() -> None:
    shaped = json.to_json(REPORT)
    claim = next(c for c in shaped["claims"] if c["id"] == "c3")
    start, end = claim["origin"]["spans"][0]
    assert shaped["article"]["text"][start:end] == "they were the results of an Israeli attack"


def test_a_statement_after_the_article_is_marked_later() -> None:
    later = {s["id"]: s["later"] for s in json.to_json(REPORT)["statements"]}
    assert later["a1"]
    assert not later["a3"], "the article is dated by day, and that day counts as a whole"


def test_a_statement_that_only_the_evidence_names_is_written_too() -> None:
    bare = replace(REPORT, statements=())
    ids = {s["id"] for s in json.to_json(bare)["statements"]}
    used = {e.statement.id for f in REPORT.findings for e in f.evidence}
    assert ids == used


def test_two_different_statements_with_one_id_are_refused() -> None:
    other = replace(S_SANA, quote="something else")
    finding = replace(C5, evidence=(Evidence(other, Stance.SUPPORTS, 0.9),))
    with pytest.raises(ValueError, match="bear the id s1"):
        json.to_json(replace(REPORT, findings=(finding,), statements=STATEMENTS))


def test_keys_that_a_reader_does_not_know_are_ignored() -> None:
    shaped = json.to_json(REPORT)
    shaped["future"] = 1
    shaped["claims"][0]["future"] = {"a": 1}
    assert json.from_json(shaped) == REPORT


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("claims", 0, "verdict"), "true", "$.claims[0].verdict"),
        (("claims", 0, "evidence"), [], "$.claims[0].evidence"),
        (("posts", 0, "checks", 0, "result"), "good", "$.posts[0].checks[0].result"),
        (("schema",), "other/1", "$.schema"),
        (("created_at",), "yesterday", "$.created_at"),
    ],
)
def test_a_report_that_breaks_the_form_is_refused_by_name_of_the_place(
    path: tuple[str | int, ...], value: object, where: str
) -> None:
    shaped = copy.deepcopy(json.to_json(REPORT))
    inner = shaped
    for key in path[:-1]:
        inner = inner[key]  # type: ignore[index]
    inner[path[-1]] = value  # type: ignore[index]
    with pytest.raises(InputError) as caught:
        json.from_json(shaped)
    assert where in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", "\x00", "[" * 100_000])
def test_what_is_no_report_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(InputError) as caught:
        json.loads(text)
    assert "\n" not in str(caught.value)


def test_evidence_that_names_a_missing_statement_is_refused() -> None:
    shaped = json.to_json(REPORT)
    shaped["statements"] = []
    with pytest.raises(InputError, match="missing: s1"):
        json.from_json(shaped)
