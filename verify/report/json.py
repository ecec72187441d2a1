"""The report as JSON, in the form `verify.report/1`, and back again.

The shape is flat and written out for other programs; a reader ignores keys it does not know. It
holds everything the other formats show. It never computes a verdict, and never opens a file
except the schema that ships beside it.
"""

from __future__ import annotations

import json
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from verify.errors import InputError
from verify.report import outline
from verify.values import (
    Article,
    Claim,
    Evidence,
    Finding,
    Label,
    Post,
    Report,
    Span,
    Statement,
    Verdict,
)

SCHEMA = "verify.report/1"


def render(report: Report) -> str:
    """Draw a report as indented JSON text."""
    return json.dumps(to_json(report), ensure_ascii=False, indent=1) + "\n"


def to_json(report: Report) -> dict[str, Any]:
    """Turn a report into plain dicts and lists in the form `verify.report/1`.

    Raises `ValueError` where two different statements bear the same id: the report would then
    show the wrong evidence.
    """
    article = report.article
    said = outline.statements(report)
    _refuse_shared_ids(report, said)
    return {
        "schema": SCHEMA,
        "article": {
            "title": article.title,
            "url": article.url,
            "site": article.site,
            "published_at": _plain(article.published_at),
            "language": article.language,
            "text": article.text,
            "warnings": list(article.warnings),
        },
        "as_of": _plain(report.as_of),
        "created_at": _plain(report.created_at),
        "models": {name: report.models.get(name) for name in ("encoder", "stance", "reader")}
        | report.models,
        "archive": {"path": report.archive_path, "statements": report.archive_size},
        "posts": [_plain(post) for post in article.posts],
        "statements": [
            _plain(s) | {"later": outline.is_later(report, s.published_at)} for s in said
        ],
        "claims": [_claim(finding) for finding in report.findings],
        "counts": {str(label): count for label, count in outline.counts(report).items()},
        "warnings": list(report.warnings),
    }


def post_to_json(post: Post) -> dict[str, Any]:
    """Turn a post into the form that it has in a report."""
    shaped: dict[str, Any] = _plain(post)
    return shaped


def _refuse_shared_ids(report: Report, said: list[Statement]) -> None:
    by_id = {s.id: s for s in said}
    for finding in report.findings:
        for item in finding.evidence:
            if by_id[item.statement.id] != item.statement:
                raise ValueError(f"two different statements bear the id {item.statement.id}")


def _claim(finding: Finding) -> dict[str, Any]:
    verdict = finding.verdict
    shaped: dict[str, Any] = _plain(finding.claim)
    return shaped | {
        "verdict": str(verdict.label),
        "rule": verdict.rule,
        "basis": verdict.basis,
        "reason": verdict.reason,
        "would_settle": verdict.would_settle,
        "notes": list(verdict.notes),
        "evidence": [
            {
                "statement": item.statement.id,
                "stance": str(item.stance),
                "score": item.score,
                "note": item.note,
                "counts": item.counts,
            }
            for item in finding.evidence
        ],
    }


def _plain(value: Any) -> Any:
    """Turn a value into what JSON knows: times with Z, spans as [start, end]."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    return value


def loads(text: str | bytes) -> Report:
    """Read a report from JSON text; `InputError` with one clear line where it is none."""
    try:
        shaped = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"this is no JSON ({error}); give a report made with `verify check … --format json`"
        ) from error
    return from_json(shaped)


def validate(shaped: Any) -> None:
    """Hold a report's JSON against the schema; `InputError` names the first place that fails."""
    import jsonschema

    validator = jsonschema.Draft202012Validator(schema())
    first = next(iter(sorted(validator.iter_errors(shaped), key=lambda e: str(e.json_path))), None)
    if first is not None:
        fault = outline.shorten(first.message, 160)
        raise InputError(
            f"this is no {SCHEMA} report: {first.json_path}: {fault}; "
            "give a report made with `verify check … --format json`"
        )


@cache
def schema() -> dict[str, Any]:
    """Give the JSON Schema that ships with the package."""
    text = (files("verify.report") / "report.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def from_json(shaped: Any) -> Report:
    """Build the report back from its JSON form; unknown keys are ignored.

    Raises `InputError` where the form is not `verify.report/1`, or where a piece of evidence
    names a statement that the report does not hold.
    """
    validate(shaped)
    said = {s["id"]: _build(Statement, s) for s in shaped["statements"]}
    posts = tuple(_build(Post, p) for p in shaped["posts"])
    return Report(
        article=_build(Article, shaped["article"] | {"posts": []}, posts=posts),
        findings=tuple(_finding(claim, said) for claim in shaped["claims"]),
        statements=tuple(said.values()),
        created_at=_value(datetime, shaped["created_at"]),
        as_of=_value(datetime | None, shaped["as_of"]),
        models={k: v for k, v in shaped["models"].items() if v is not None},
        archive_path=shaped["archive"]["path"],
        archive_size=shaped["archive"]["statements"],
        warnings=tuple(shaped["warnings"]),
    )


def _finding(shaped: dict[str, Any], said: dict[str, Statement]) -> Finding:
    for item in shaped["evidence"]:
        if item["statement"] not in said:
            raise InputError(
                f"claim {shaped['id']} names a statement that is missing: {item['statement']}; "
                "make the report again"
            )
    return Finding(
        claim=_build(Claim, shaped),
        evidence=tuple(
            _build(Evidence, item, statement=said[item["statement"]]) for item in shaped["evidence"]
        ),
        verdict=_build(Verdict, shaped, label=Label(shaped["verdict"])),
    )


def _build(kind: Any, shaped: dict[str, Any], **given: Any) -> Any:
    """Build a frozen value from a dict by its type hints; `given` fields are taken as they are."""
    hints = _hints(kind)
    made = dict(given)
    for f in fields(kind):
        if f.name in made:
            continue
        if f.name in shaped:
            made[f.name] = _value(hints[f.name], shaped[f.name])
        elif f.default is MISSING and f.default_factory is MISSING:
            raise InputError(f"this is no {SCHEMA} report: {kind.__name__} without {f.name}")
    return kind(**made)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _value(hint: Any, shaped: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        if shaped is None:
            return None
        return _value(next(a for a in typing.get_args(hint) if a is not types.NoneType), shaped)
    if origin is tuple:
        return tuple(_value(typing.get_args(hint)[0], item) for item in shaped)
    if hint is Span:
        return Span(*shaped)
    if hint is datetime:
        return _time(shaped)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint(shaped)
    if is_dataclass(hint):
        return _build(hint, shaped)
    return shaped


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"this is no {SCHEMA} report: {text!r} is no time") from error
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
