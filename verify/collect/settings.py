"""What reading X costs and when to ask, and where the bearer token is: environment or private file.

A file that others may read is refused. The token leaves this module only inside a `Secret`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.errors import InputError
from verify.http import Secret

VARIABLE = "X_BEARER_TOKEN"
FILE_VARIABLE = "X_BEARER_TOKEN_FILE"
_MAX_TOKEN = 4096


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars: for one post, for one account, and what may be spent without asking.

    X charges $0.005 a post (November 2026); correct `post` in the settings when that changes.
    """

    post: float = 0.005
    account: float = 0.010
    ask_over: float = 5.0

    def cost(self, posts: int) -> float:
        """Return what reading so many posts costs."""
        return posts * self.post


def prices(table: Mapping[str, Any]) -> Prices:
    """Read the prices of an `[x]` table. Raises InputError where one is no amount."""
    given: dict[str, float] = {}
    for key, name in (
        ("price_post", "post"),
        ("price_account", "account"),
        ("ask_over", "ask_over"),
    ):
        if key not in table:
            continue
        value = table[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise InputError(f"[x] {key} must be an amount in dollars, such as 0.005")
        given[name] = float(value)
    return Prices(**given)


def token(environment: Mapping[str, str], file: str | None = None) -> Secret | None:
    """Return the bearer token of the environment or of a file; None where there is neither.

    `file` goes before X_BEARER_TOKEN_FILE, and both before X_BEARER_TOKEN. Raises InputError where
    a file cannot be read, may be read by others, or holds no token.
    """
    name = file or environment.get(FILE_VARIABLE)
    if name:
        return Secret(_plain(_content(Path(name).expanduser()), f"the file {name}"))
    value = environment.get(VARIABLE, "").strip()
    return Secret(_plain(value, VARIABLE)) if value else None


def needed(environment: Mapping[str, str], file: str | None = None) -> Secret:
    """Return the bearer token, or raise InputError that says how to give it."""
    found = token(environment, file)
    if found is None:
        raise InputError(
            f"there is no bearer token for X; put it into the variable {VARIABLE}, or into a file "
            f"that only you can read (chmod 600) and name that in {FILE_VARIABLE}"
        )
    return found


def _content(path: Path) -> str:
    try:
        mode = path.stat().st_mode
        if mode & 0o077:
            raise InputError(f"{path} may be read by others; run: chmod 600 {path}")
        return path.read_text("utf-8")[: _MAX_TOKEN + 1]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise InputError(f"{path} cannot be read: {reason}; put the bearer token there") from error


def _plain(content: str, where: str) -> str:
    value = content.strip().removeprefix("Bearer ").strip()
    if not value or len(value) > _MAX_TOKEN or not (value.isascii() and value.isprintable()):
        raise InputError(f"{where} holds no bearer token; put one there, on a line of its own")
    if " " in value:
        raise InputError(f"{where} holds more than a bearer token; leave only the token")
    return value
