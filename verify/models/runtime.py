"""Runs an ONNX graph on the processor: texts in, arrays out, the same alone and in any batch.

Serves every shipped model. It never imports torch, never opens the network, and never runs weights
whose hash is not the pinned one. onnxruntime and tokenizers are imported when a model is built.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from verify.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

#: Tokens in one run, padding included: what a layer makes of them stays in the cores' own cache
#: (of 128 to 1024, the fastest on claims and on articles' sentences).
BATCH_TOKENS = 256
#: Tokens of padding that cost as much as another run.
PADDING = 16
EMBEDDINGS = "embeddings.word_embeddings.weight"
#: A graph's inputs by their names.
Feed = dict[str, np.ndarray]
FOLDER_OF_WEIGHTS = "session.model_external_initializers_file_folder_path"


@dataclass(frozen=True, slots=True)
class Files:
    """The files of one model. `weights` is the external data that the graph points into, if any.

    `sha256` pins the hash of `weights`, or of the graph where it holds its weights itself.
    """

    graph: Path
    tokenizer: Path
    weights: Path | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """How a model is held: how many groups of texts it computes at a time, each on a thread (by
    default one a core), and whether its weights are read at once, or when it is first run.
    """

    threads: int | None = None
    lazily: bool = False


AT_ONCE = Use()


class Session:
    """A graph to run. Once closed, it is opened again when it is next run."""

    def __init__(self, files: Files, use: Use = AT_ONCE) -> None:
        self._files, self._threads = files, use.threads or available_cores()
        self._opened: Any = None
        if not use.lazily:
            self.open()

    def open(self) -> Any:
        """Read the graph and its weights, if that is not done. Raises ModelError."""
        if self._opened is None:
            self._opened = open_session(self._files)
        return self._opened

    def close(self) -> None:
        """Let go of the weights."""
        self._opened = None

    @property
    def is_closed(self) -> bool:
        """Tell whether the weights are not in memory."""
        return self._opened is None

    @property
    def outputs(self) -> dict[str, list[Any]]:
        """The shape of each of the graph's outputs by its name."""
        return {entry.name: entry.shape for entry in self.open().get_outputs()}

    def run(self, inputs: Feed) -> list[np.ndarray]:
        """Return the outputs, in their order."""
        found: list[np.ndarray] = self.open().run(None, inputs)
        return found

    def run_each(
        self, groups: Sequence[list[int]], feed: Callable[[list[int]], Feed]
    ) -> Iterator[tuple[list[int], list[np.ndarray]]]:
        """Run every group's inputs, as many groups at a time as there are threads.

        Yields each group with its outputs, in the order given. A layer of one group is too little
        work for two cores to share; two groups are not.
        """
        self.open()

        def one(group: list[int]) -> list[np.ndarray]:
            return self.run(feed(group))

        if self._threads == 1 or len(groups) < 2:
            yield from ((group, one(group)) for group in groups)
        else:
            yield from zip(groups, _pool(self._threads).map(one, groups), strict=True)


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """The threads that run groups at once: the same for every model that uses as many."""
    return ThreadPoolExecutor(threads, thread_name_prefix="model")


if hasattr(os, "register_at_fork"):  # a child has none of its parent's threads
    os.register_at_fork(after_in_child=_pool.cache_clear)


@contextmanager
def held(model: object, use: Use) -> Iterator[None]:
    """Open a model's sessions for as long as a step lasts, where it is used lazily.

    Raises ModelError. A model of another library has no sessions: it stays as it is.
    """
    sessions: Sequence[Session] = getattr(model, "sessions", ()) if use.lazily else ()
    try:
        for session in sessions:
            session.open()
        yield
    finally:
        for session in sessions:
            session.close()


def described(path: Path) -> dict[str, Any]:
    """Read what stands beside a model's weights. Raises ModelError."""
    try:
        known: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"model file {path} is missing or broken: install verify again") from error
    return known


def padded(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of numbers as int64 [rows, longest], filled up with 0, and 1 where a number stands."""
    width = max(len(row) for row in rows)
    numbers, mask = (np.zeros((len(rows), width), dtype=np.int64) for _ in range(2))
    for place, row in enumerate(rows):
        numbers[place, : len(row)] = row
        mask[place, : len(row)] = 1
    return numbers, mask


def batches(lengths: Sequence[int], budget: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Group indices by length, longest first, each group at most `budget` tokens when padded.

    No more than PADDING tokens of a group are padding.
    """
    group: list[int] = []
    longest = padding = 0
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        padding += longest - lengths[index]
        if group and (padding > PADDING or (len(group) + 1) * longest > budget):
            yield group
            group = []
        if not group:
            longest, padding = lengths[index], 0
        group.append(index)
    if group:
        yield group


def available_cores() -> int:
    """Count the cores this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not offered on macOS and Windows
        return os.cpu_count() or 1


def check_hash(files: Files) -> None:
    """Raise ModelError unless the weights are the pinned ones."""
    for path in (files.graph, files.tokenizer, files.weights):
        if path is not None and not path.is_file():
            raise ModelError(f"model file {path} is missing: install verify again")
    if files.sha256 is None:
        return
    path = files.weights or files.graph
    stat = path.stat()
    found = _digest(path, stat.st_size, stat.st_mtime_ns)
    if found != files.sha256:
        raise ModelError(
            f"model file {path} has been altered (sha256 {found[:12]}…, expected "
            f"{files.sha256[:12]}…): install verify again"
        )


@cache
def _digest(path: Path, _size: int, _changed: int) -> str:
    """Hash a file once a process: two models may share one."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def embeddings(path: Path) -> np.ndarray:
    """Map an encoder's word embeddings into memory: only the rows that are used are read."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        entry = json.loads(file.read(length))[EMBEDDINGS]
    offset = 8 + length + entry["data_offsets"][0]
    return np.memmap(path, dtype="<f4", mode="r", offset=offset, shape=tuple(entry["shape"]))


@overload
def clean(text: str) -> str: ...
@overload
def clean(text: tuple[str, str]) -> tuple[str, str]: ...
def clean(text: str | tuple[str, str]) -> str | tuple[str, str]:
    """Replace lone surrogates, which the tokenizer refuses; no place in the text moves."""
    if isinstance(text, tuple):
        return clean(text[0]), clean(text[1])
    return text.encode("utf-8", "replace").decode()


@cache
def load_tokenizer(path: Path, max_tokens: int | None = None) -> Tokenizer:
    """Load a tokenizer that never pads and cuts off what is beyond `max_tokens`, if given.

    Models that want the same share it.
    """
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # of any kind: the library names none
        raise ModelError(
            f"tokenizer {path} cannot be read ({error}): install verify again"
        ) from error
    if max_tokens is None:
        tokenizer.no_truncation()
    else:
        tokenizer.enable_truncation(max_tokens)
    tokenizer.no_padding()
    return tokenizer


def open_session(files: Files) -> Any:
    """Open a graph to run on the thread that calls it, with the file of its weights if any."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Its arena doubles as it grows and never shrinks: 75 MB more for 4 % more speed.
    options.enable_cpu_mem_arena = False
    if files.weights is not None:
        options.add_session_config_entry(FOLDER_OF_WEIGHTS, str(files.weights.parent))
    try:
        return onnxruntime.InferenceSession(
            files.graph.read_bytes(), options, providers=["CPUExecutionProvider"]
        )
    except Exception as error:  # of any kind: the library names none
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"model {files.graph} cannot be run ({reason}): install verify again"
        ) from error
