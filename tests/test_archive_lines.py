"""Files of statements: each line a statement or a reason, one bad line stops no other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from small_encoder import SmallEncoder

from verify.archive import lines, open_any
from verify.errors import InputError
from verify.values import Interval, Kind, Source

GOOD = {"source": "SANA", "published_at": "2019-11-20", "text": "Missiles were downed."}


def resolve(name: str | None, handle: str | None, on: datetime) -> Source:
    if handle == "IDF":
        return Source("Israel Defense Forces", Kind.MILITARY, "Israel", id="idf")
    return Source(name or f"@{handle}")


def parse(*records: object, name: str = "a.jsonl") -> list[lines.Line]:
    content = "\n".join(r if isinstance(r, str) else json.dumps(r) for r in records)
    return list(lines.parse(content.encode(), name, resolve))


def test_a_line_becomes_a_statement() -> None:
    (line,) = parse(GOOD | {"handle": "IDF", "url": "https://x.org/1", "relayed_by": "TASS"})
    assert line.statement is not None
    assert line.statement.source.id == "idf"
    assert line.statement.published_at == datetime(2019, 11, 20, tzinfo=UTC)
    assert (line.statement.url, line.statement.relayed_by) == ("https://x.org/1", "TASS")


def test_a_line_without_address_is_keyed_by_its_file() -> None:
    (line,) = parse(GOOD)
    assert line.statement is not None
    assert (line.statement.url or "").startswith("sha256:")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"text": " "}, "`text` is missing or empty"),
        ({"text": 7}, "`text` is no text"),
        ({"source": None}, "`source` and `handle` are both missing"),
        ({"published_at": None}, "`published_at` is missing"),
        ({"published_at": "soonish"}, "`published_at` is no date: 'soonish'"),
        ({"url": "javascript:alert(1)"}, "`url` is no http(s) address: 'javascript:alert(1)'"),
        ({"kind": "wizard"}, "`kind` 'wizard' is none of: government, military, police"),
        ({"event_time": {"start": "2019-11-20"}}, "`event_time` needs `start` and"),
        ({"event_time": 7}, "`event_time` is no date"),
    ],
)
def test_a_wrong_value_is_told_and_stops_no_other_line(
    wrong: dict[str, object], reason: str
) -> None:
    bad, good = parse(GOOD | wrong, GOOD)
    assert bad.number == 1
    assert (bad.error or "").startswith(reason)
    assert good.statement is not None


def test_broken_json_is_told_with_its_line_number() -> None:
    found = parse(GOOD, "", "{broken", "[]", "[" * 100_000, GOOD)
    assert [line.number for line in found] == [1, 3, 4, 5, 6]
    assert [bool(line.error) for line in found] == [False, True, True, True, False]
    assert found[2].error == "not a JSON object"


def test_a_known_source_keeps_its_kind_and_an_unknown_one_takes_the_lines() -> None:
    known, unknown = parse(
        GOOD | {"handle": "IDF", "kind": "press"},
        GOOD | {"source": "Fire Brigade of X", "kind": "emergency-service", "party": "X"},
    )
    assert known.statement is not None
    assert unknown.statement is not None
    assert known.statement.source.kind is Kind.MILITARY
    assert unknown.statement.source.kind is Kind.EMERGENCY
    assert unknown.statement.source.party == "X"


def test_an_event_time_is_a_day_or_an_interval() -> None:
    day, span = parse(
        GOOD | {"event_time": "2019-11-19"},
        GOOD | {"event_time": {"start": "2019-11-19T18:00Z", "end": "2019-11-20T06:00Z"}},
    )
    assert day.statement is not None
    assert span.statement is not None
    whole = day.statement.event_time
    assert whole is not None
    assert (whole.start, whole.end.day) == (datetime(2019, 11, 19, tzinfo=UTC), 20)
    assert span.statement.event_time == Interval(
        datetime(2019, 11, 19, 18, tzinfo=UTC), datetime(2019, 11, 20, 6, tzinfo=UTC)
    )


def test_a_table_has_the_same_keys_in_its_first_row() -> None:
    table = 'source,published_at,text\nSANA,2019-11-20,"Fire, smoke\nand more."\nSANA,never,x\n'
    good, bad = lines.parse(table.encode("utf-8-sig"), "a.csv", resolve)
    assert good.statement is not None
    assert good.statement.text == "Fire, smoke\nand more."
    assert bad.error == "`published_at` is no date: 'never'"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"\xff\xfe\x00", "a.jsonl", r"is not UTF-8 text \(line 1\): convert it first"),
        (b"who,what\na,b\n", "a.csv", "has no column `text`: name the columns"),
    ],
)
def test_a_file_that_is_no_such_file_is_one_clear_line(
    content: bytes, name: str, reason: str
) -> None:
    with pytest.raises(InputError, match=reason):
        list(lines.parse(content, name, resolve))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist: check the name"):
        list(lines.read(tmp_path / "absent.jsonl", resolve))
    with pytest.raises(InputError, match="cannot be read"):
        list(lines.read(tmp_path, resolve))


def test_what_is_written_out_can_be_read_in_again() -> None:
    (line,) = parse(GOOD | {"url": "https://x.org/1", "kind": "police", "party": "X"})
    assert line.statement is not None
    (again,) = parse(lines.record_of(line.statement))
    assert again.statement == line.statement


def test_a_jsonl_file_serves_as_an_archive_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n{{broken\n")
    archive, warnings = open_any(path, resolve=resolve, encoder=SmallEncoder())
    with archive:
        assert archive.size == 1
        assert [i for i, _ in archive.words("missile")] == ["a1"]
    assert warnings == [
        f"{path} line 2: not JSON (Expecting property name enclosed in double quotes)"
    ]
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_without_one_statement_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "statements.jsonl"
    path.write_text("nothing\n")
    with pytest.raises(InputError, match=r"line 1: not JSON .* mend the file"):
        open_any(path, resolve=resolve)
