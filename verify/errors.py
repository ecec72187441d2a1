"""Every error that ends a run, as one tree; `cli` alone catches them.

VerifyError
├── InputError      what was given cannot be read (file, text, option)          exit 3
│   └── FetchError  an address could not be fetched, or may not be               exit 3
├── ArchiveError    the archive cannot be opened, read or written                exit 4
└── ModelError      a model's files are missing, altered or do not fit           exit 4

Something that concerns one claim only is never an error: it is a `not-checked` verdict with a
reason.
"""

from __future__ import annotations


class VerifyError(Exception):
    """Base of all errors; its text is one line for a person: what is wrong and what to do."""

    exit_code = 3


class InputError(VerifyError):
    """What was given cannot be read as an article, a list of statements or an option."""


class FetchError(InputError):
    """An address could not be fetched, or the guard refused it.

    `status` is what the server answered, None where it gave no answer.
    """

    def __init__(self, message: str = "", status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class ArchiveError(VerifyError):
    """The archive cannot be opened, read or written."""

    exit_code = 4


class ModelError(VerifyError):
    """A model's files are missing, altered, or do not fit this program."""

    exit_code = 4
