"""What a form or a program asks for, read into values; a wrong one is an InputError in one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request

from verify.errors import InputError
from verify.read.article import type_of
from verify.web.engine import Asked

if TYPE_CHECKING:
    from verify.web.guard import Keys

#: Characters of pasted text: some forty times a long article.
MAX_TEXT = 1_000_000
_UTF8 = "; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of ours as it was sent: its fields without white space around them, and its file."""

    fields: dict[str, str]
    file: tuple[str, bytes] | None = None

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")


async def form(request: Request) -> Form:
    """Read a form of ours, and refuse any other with 403."""
    async with request.form(max_files=1, max_fields=20, max_part_size=4 * MAX_TEXT) as sent:
        fields = {name: value.strip() for name, value in sent.items() if isinstance(value, str)}
        uploads = [value for value in sent.values() if isinstance(value, UploadFile)]
        files = [(str(u.filename), await u.read()) for u in uploads if u.filename]
    keys: Keys = request.app.state.keys
    if not keys.is_form(fields.get("form_key", "")):
        reason = "This form is no longer good (the program was restarted): load its page anew."
        raise HTTPException(403, reason)
    return Form(fields, files[0] if files else None)


def from_form(found: Form) -> Asked:
    """Read what the first page asks to be checked. Raises InputError."""
    return _dated(_from_form(found), found["published"], found["as_of"])


def _from_form(found: Form) -> Asked:
    given = found["what"]
    if found.file is not None and given:
        raise InputError("Give either a file or an address or text, not both.")
    if found.file is not None:
        name, content = found.file
        return Asked(content=content, name=name, content_type=type_of(name))
    if not given:
        raise InputError("Give an article: its address, its text, or a file.")
    return Asked(address=given) if _is_address(given) else _text(given)


def from_json(shaped: Any) -> Asked:
    """Read what a program asks to be checked. Raises InputError."""
    if not isinstance(shaped, dict):
        raise InputError("Send a JSON object.")
    known = {"url", "text", "html", "published", "as_of"}
    if unknown := sorted(set(shaped) - known):
        raise InputError(f"Unknown keys: {', '.join(map(repr, unknown))[:200]}.")
    if wrong := [key for key, value in shaped.items() if not isinstance(value, str)]:
        raise InputError(f"`{wrong[0]}` is no text.")
    given = [key for key in ("url", "text", "html") if shaped.get(key, "").strip()]
    if len(given) != 1:
        raise InputError("Give one of `url`, `text` and `html`.")
    value = shaped[given[0]]
    if given == ["url"]:
        asked = Asked(address=value.strip())
    elif given == ["text"]:
        asked = _text(value, "text/plain")
    else:
        content = value.encode("utf-8", "replace")
        asked = Asked(content=content, name="`html`", content_type="text/html" + _UTF8)
    return _dated(asked, shaped.get("published", ""), shaped.get("as_of", ""))


def _text(given: str, kind: str = "") -> Asked:
    if len(given) > MAX_TEXT:
        raise InputError(f"The text is longer than {MAX_TEXT:,} characters; give a part of it.")
    content = given.encode("utf-8", "replace")
    return Asked(content=content, name="the text", content_type=kind + _UTF8)


def _dated(asked: Asked, published: str, as_of: str) -> Asked:
    first, last = _day(published, "When it appeared"), _day(as_of, "Only what was out by")
    return replace(asked, published=first, as_of=last)


def _is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://")) and not any(map(str.isspace, given))


def _day(given: str, name: str) -> datetime | None:
    if not given.strip():
        return None
    try:
        found = datetime.fromisoformat(given.strip())
    except ValueError as error:
        raise InputError(f"{name}: {given[:40]!r} is no date; write it as 2019-11-20.") from error
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
