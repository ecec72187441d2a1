"""The whole of verify in one screenful: an article in, a report out.

It only joins the rooms; every judgement stands in one of them. It opens the archive read-only, and
reads the machine's clock only where no `now` is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from verify import claims, places, sources, verdict
from verify.claims import second_look
from verify.claims.statements import completed
from verify.errors import ModelError
from verify.judge import Judge, Weighed
from verify.models import runtime
from verify.models.guard import GuardedEncoder
from verify.values import Article, Claim, Finding, Report, Source, Statement

if TYPE_CHECKING:
    from verify.archive import Opened
    from verify.models.checkability import Checkability
    from verify.models.encoder import Encoder
    from verify.models.reader import Reader
    from verify.models.stance import StanceModel

#: Told the name of each step as it begins.
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Tools:
    """What a check needs and may keep from article to article: the registry and the models."""

    registry: sources.Registry
    reader: Reader
    encoder: Encoder
    stance: StanceModel | None
    use: runtime.Use = runtime.AT_ONCE
    checkability: Checkability | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How to check: the archive (its path, or open), the day up to which it counts, the clock."""

    archive: str | Path | Opened | None = None
    as_of: datetime | None = None
    now: datetime | None = None
    progress: Progress = lambda step: None


def load(
    encoder: str | None = None,
    stance_model: str | None = None,
    device: str = "cpu",
    use: runtime.Use = runtime.AT_ONCE,
) -> Tools:
    """Load the registry and the models once, for any number of articles. Raises ModelError.

    Used lazily, each model's weights are read for its step of a check and let go after it: for
    one article, that takes less memory and no more time.
    """
    from verify.models import checkability
    from verify.models import encoder as encoders
    from verify.models import reader as readers
    from verify.models import stance as stances

    return Tools(
        sources.Registry.load(),
        readers.load(use=use),
        encoders.load(encoder, device=device, use=use),
        stances.load(stance_model, device=device, use=use),
        use,
        checkability.Checkability(),
    )


def check(article: Article, *, tools: Tools | None = None, **options: object) -> Report:
    """Check an article claim by claim: every claim of it comes out with a verdict.

    `options` are those of `Options`: `archive` (a path, a JSONL file, or one that is open),
    `as_of`, `now`, `progress`. Raises ArchiveError and ModelError; what fails for one claim alone
    is its verdict.
    """
    chosen = Options(**options)  # type: ignore[arg-type]
    progress = chosen.progress
    if tools is None:
        progress("Loading the models")
        tools = load(use=runtime.Use(lazily=True))
    progress("Finding claims")
    with runtime.held(tools.reader, tools.use):
        found, spoken = _claims(article, tools)
    with opened(chosen.archive, tools) as (archive, remarks):
        progress("Searching statements")
        found, spoken, weighed = _weighed(article, found, spoken, (archive, tools, chosen))
        size = archive.size if archive is not None else 0
        name = archive.name if archive is not None else None
    progress("Deciding")
    now = chosen.now or datetime.now(UTC)
    decide = partial(verdict.decide, published_at=article.published_at, now=now)
    findings = tuple(
        Finding(claim, one.evidence, decide(claim, one.evidence))
        for claim, one in zip(map(_or_failed, found, weighed), weighed, strict=True)
    )
    return Report(
        article=article,
        findings=findings,
        statements=_used(spoken, findings),
        created_at=now,
        as_of=chosen.as_of,
        models={
            "encoder": tools.encoder.name,
            "stance": tools.stance.name if tools.stance is not None else "rules",
            "reader": tools.reader.name,
        },
        archive_path=name,
        archive_size=size,
        warnings=(*article.warnings, *remarks),
    )


def _claims(article: Article, tools: Tools) -> tuple[tuple[Claim, ...], tuple[Statement, ...]]:
    registry = tools.registry

    @cache
    def resolve(phrase: str, country: str | None, sentence: str, on: datetime | None) -> Source:
        return sources.resolve(phrase, registry, country=country, on=on, context=sentence)

    def account(platform: str, handle: str, on: datetime | None) -> Source | None:
        return registry.by_handle(handle, platform, on)

    return claims.find(article, tools.reader.read, resolve, account)


@contextmanager
def opened(
    path: str | Path | Opened | None, tools: Tools
) -> Iterator[tuple[Opened | None, Sequence[str]]]:
    """Open an archive read-only for as long as it is searched, with remarks on what is wrong in it.

    One that is open already is left so. Raises ArchiveError and InputError.
    """
    if not isinstance(path, str | Path):
        yield path, ()
        return
    from verify import archive as archives

    def complete(statement: Statement) -> Statement:
        return completed(archives.dated(statement))

    resolve = archives.resolver(tools.registry)
    archive, remarks = archives.open_any(
        path, resolve=resolve, encoder=tools.encoder, complete=complete
    )
    with archive:
        yield archive, remarks


def _weighed(
    article: Article,
    found: tuple[Claim, ...],
    spoken: tuple[Statement, ...],
    room: tuple[Opened | None, Tools, Options],
) -> tuple[tuple[Claim, ...], tuple[Statement, ...], list[Weighed]]:
    """What was found for each claim; where a model fails, the reason instead.

    With it the claims and statements as a second look left them.
    """
    from verify.read.search import Search, texts_of

    archive, tools, chosen = room
    with runtime.held(tools.encoder, tools.use):
        encoder = GuardedEncoder(tools.encoder)
        with suppress(ModelError):  # what is amiss shows again where it is asked for
            encoder.encode(texts_of(found, spoken))  # all at once: it embeds no text twice
        found, spoken = _second_look(found, spoken, tools, encoder)
        try:
            matches = Search(spoken, archive, encoder, as_of=chosen.as_of)(found)
        except ModelError as error:
            failed = Weighed((), f"No statement could be looked up: {error}")
            return found, spoken, [failed for _ in found]
    chosen.progress("Weighing statements")
    judge = Judge(_parties_in, tools.stance, article.published_at)
    with runtime.held(tools.stance, tools.use):
        return found, spoken, judge(found, matches)


def _second_look(
    found: tuple[Claim, ...], spoken: tuple[Statement, ...], tools: Tools, encoder: GuardedEncoder
) -> tuple[tuple[Claim, ...], tuple[Statement, ...]]:
    """Leave unchecked what is surely no fact; where no model can say so, nothing changes."""
    model = tools.checkability
    if model is None or model.encoder != tools.encoder.name:
        return found, spoken
    try:
        vectors = encoder.encode([claim.text for claim in found])
        return second_look.taken(found, spoken, model, vectors)
    except ModelError:
        return found, spoken


def _or_failed(claim: Claim, weighed: Weighed) -> Claim:
    """The claim, or the same as unchecked where a model failed for it."""
    if weighed.failure is None or claim.unchecked is not None:
        return claim
    return replace(claim, unchecked=weighed.failure)


def _parties_in(text: str) -> frozenset[str]:
    return frozenset(places.parties_of(text))


def _used(spoken: Sequence[Statement], findings: Sequence[Finding]) -> tuple[Statement, ...]:
    """Every statement of the article, and those of the archive that some claim's evidence names."""
    known = {s.id for s in spoken}
    extra: dict[str, Statement] = {}
    for finding in findings:
        for evidence in finding.evidence:
            if evidence.statement.id not in known:
                extra.setdefault(evidence.statement.id, evidence.statement)
    return (*spoken, *extra.values())
