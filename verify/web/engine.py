"""What the page checks and searches with: the models, loaded once, and the archive's places.

It knows nothing of requests and pages. Only `add` writes the archive; a check reads it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify import pipeline, watch
from verify.errors import FetchError, InputError
from verify.http import Session
from verify.read import article as reader
from verify.state import State
from verify.values import Article, Report, Statement

if TYPE_CHECKING:
    from verify.archive import AddResult, Archive, Contents

#: Told the name of each step as it begins.
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Places:
    """Where things lie: the archive (a file or a database's address), its state, past reports."""

    archive: str | Path
    state: Path
    reports: Path


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be checked: an address, else bytes with the name and type they came under."""

    address: str | None = None
    content: bytes = b""
    name: str | None = None
    content_type: str | None = None
    published: datetime | None = None
    as_of: datetime | None = None


class Engine:
    """Checks, searches and adds, for any number of threads; each opens the archive for itself."""

    def __init__(
        self,
        places: Places,
        load: Callable[[], pipeline.Tools] = pipeline.load,
        session: Callable[[], Session] = Session,
    ) -> None:
        self.places = places
        self._load = load
        self._session = session
        self._tools: pipeline.Tools | None = None
        self._lock = threading.Lock()
        self._writing = threading.Lock()

    def tools(self) -> pipeline.Tools:
        """Load the models, the first time; afterwards they are at hand. Raises ModelError."""
        with self._lock:
            if self._tools is None:
                self._tools = self._load()
            return self._tools

    def check(self, asked: Asked, progress: Progress) -> Report:
        """Read an article and check it. Raises VerifyError."""
        progress("Reading the article")
        article = self._read(asked)
        report = self._check(article, asked.as_of, progress)
        self._remember(report)
        return report

    def again(self, report: Report, progress: Progress) -> Report:
        """Check a report's article against the archive as it is now. Raises VerifyError."""
        with State(self.places.state) as state:
            new, _ = watch.watch(report, lambda a: self._check(a, None, progress), state)
        return new

    def watched(self) -> list[watch.Watched]:
        """Return every article that was checked, each with its claims' ways through time."""
        if not self.places.state.exists():
            return []
        with State(self.places.state, readonly=True) as state:
            return watch.watched(state)

    def ways(self, article: Article) -> list[watch.Way]:
        """Return the ways of one article's claims that have changed since it was first checked."""
        if not self.places.state.exists():
            return []
        with State(self.places.state, readonly=True) as state:
            key = watch.find(article.text, state)
            return [w for w in watch.history(key, state) if len(w.steps) > 1] if key else []

    def contents(self) -> Contents | None:
        """Say what the archive holds; None where there is none yet. Raises ArchiveError."""
        if not self.has_archive or self.is_of_lines:
            return None
        with self._opened(readonly=True) as archive:
            return archive.info()

    def statements(self, query: str, source: str | None, limit: int) -> list[Statement]:
        """Return statements: those nearest to the words asked for, else all, newest first."""
        from verify import archive as archives
        from verify.read import search

        path = self.places.archive
        if not self.has_archive:
            return []
        if not query and not self.is_of_lines:  # browsing waits for no model
            with self._opened(readonly=True) as archive:
                return archive.all(limit, source)
        tools = self.tools()
        resolve = archives.resolver(tools.registry)
        opened, _ = archives.open_any(path, resolve=resolve, encoder=tools.encoder)
        with opened:
            if not query:
                return opened.all(limit, source)
            found = search.find(query, opened, tools.encoder)[:limit]
        said = [match.statement for match in found]
        wanted = source.casefold() if source else None
        return [s for s in said if wanted is None or s.source.name.casefold() == wanted]

    def add(self, record: dict[str, str]) -> AddResult:
        """Add one statement given by hand, by the keys of `archive.lines`. Raises VerifyError."""
        from verify import archive as archives
        from verify.archive import lines

        if self.is_of_lines:
            raise InputError(
                f"{self.archive_name} is a file of lines, which the page only reads; start "
                "`verify serve` with an archive to add statements"
            )
        tools = self.tools()
        try:
            address = "added by hand"
            said = lines.statement_from(record, archives.resolver(tools.registry), address)
        except ValueError as error:
            raise InputError(str(error)) from error
        with (
            self._writing,
            self._opened(encoder_name=tools.encoder.name) as archive,
        ):
            return archive.add([said], tools.encoder)

    @property
    def is_of_lines(self) -> bool:
        """Tell whether the archive is a file of lines, which is read and never written."""
        from verify.archive.lines import SUFFIXES

        path = self.places.archive
        return isinstance(path, Path) and path.suffix.lower() in SUFFIXES

    @property
    def has_archive(self) -> bool:
        """Tell whether there is an archive; a database is taken to be there."""
        path = self.places.archive
        return not isinstance(path, Path) or path.exists()

    @property
    def archive_name(self) -> str:
        """Name the archive for a page: no folder, and nothing of a database's address."""
        path = self.places.archive
        return path.name if isinstance(path, Path) else "a PostgreSQL database"

    def _opened(self, **chosen: Any) -> Archive:
        from verify import archive as archives

        path = self.places.archive
        if isinstance(path, Path):
            return archives.Archive.open(path, **chosen)
        return archives.open_named(path, **chosen)  # type: ignore[return-value]

    def _read(self, asked: Asked) -> Article:
        if asked.address is not None:
            if not asked.address.lower().startswith(("http://", "https://")):
                raise FetchError(f"{asked.address} is refused: only http and https are read")
            return reader.read(asked.address, session=self._session(), published=asked.published)
        try:
            return reader.read_bytes(
                asked.content, content_type=asked.content_type, published=asked.published
            )
        except FetchError:
            raise
        except InputError as error:
            raise InputError(f"{asked.name or 'the text'}: {error}") from error

    def _check(self, article: Article, as_of: datetime | None, progress: Progress) -> Report:
        progress("Loading the models")
        tools = self.tools()
        archive = self.places.archive if self.has_archive else None
        return pipeline.check(article, tools=tools, archive=archive, as_of=as_of, progress=progress)

    def _remember(self, report: Report) -> None:
        with State(self.places.state) as state:
            watch.remember(report, state)
