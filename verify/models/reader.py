"""Reads a text: parts of speech, dependencies, names, and who said what, by one small model.

It runs on onnxruntime and tokenizers alone, all windows of a text in batches of equal length, and
gives the same for a text alone and in any batch. It never resolves a source or weighs a cue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verify.models import encoder, reader_decode, runtime
from verify.models.reader_input import (
    Coded,
    Read,
    code,
    read_sentences,
    windows,
)
from verify.models.reading import Name, Reading, Said, Word
from verify.text import sentences as find_sentences
from verify.values import Span

FOLDER = Path(__file__).parent
WEIGHTS = "reader.weights"
NEAR = 24  # words on either side of a cue whose distance is told apart
#: Added to the score of "no cue": tuned on PolNeAR dev for the F1 of linked attributions.
CUE_BIAS = 0.3
#: Taken off the score of a new piece of content: tuned there too, for the F1 of contents.
PIECE_COST = 1.0
#: Added to the score of a name against none: tuned on GUM dev.
NAME_BIAS = 0.5
RELATION_ROWS = 256


@dataclass(frozen=True, slots=True)
class _Window:
    """A window's scores: one row a word."""

    first: int  # place of its first word in the text's words
    sentence: tuple[int, ...]
    paragraph: tuple[int, ...]
    out: dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class _Cue:
    """First and last word of a cue; the role tags of the words from `start` on; its probability."""

    first: int
    last: int
    start: int
    tags: np.ndarray
    score: float


class Reader:
    """The loaded model."""

    def __init__(self, folder: Path | None = None, use: runtime.Use = runtime.AT_ONCE) -> None:
        """Load and check the files; raise ModelError where one is missing or altered."""
        folder = folder or FOLDER
        known = runtime.described(folder / "reader.json")
        base = encoder.default_folder()
        self.name = str(known["name"])
        self._upos, self._rels, self._kinds = known["upos"], known["rels"], known["names"]
        self._root_head = np.array(known["root_head"], dtype=np.float32)
        weights = folder / WEIGHTS
        table = base / "model.safetensors"
        runtime.check_hash(
            runtime.Files(folder / "reader.onnx", base / "tokenizer.json", table, encoder.SHA256)
        )
        files = {
            part: runtime.Files(folder / f"{part}.onnx", base / "tokenizer.json", weights)
            for part in ("reader", "reader_relations", "reader_roles")
        }
        pinned = runtime.Files(
            files["reader"].graph, base / "tokenizer.json", weights, str(known["sha256"])
        )
        runtime.check_hash(pinned)
        self.sessions = tuple(runtime.Session(file, use) for file in files.values())
        self._windows, self._relations, self._roles = self.sessions
        self._tokenizer = runtime.load_tokenizer(base / "tokenizer.json")
        self._table = runtime.embeddings(table)

    def read(
        self,
        text: str,
        sentences: Sequence[Span] | None = None,
        words: Sequence[Sequence[Span]] | None = None,
    ) -> Reading:
        """Read a text; sentences, and the words of each, are found where they are not given."""
        if sentences is None:
            sentences = find_sentences(runtime.clean(text))
        read = read_sentences(self._tokenizer, text, sentences, words)
        if not read.words:
            return Reading()
        found = self._run(read)
        trees = self._trees(found)
        return _reading(text, read, trees, self._names(found, trees), self._said(found))

    def _run_text(self, text: str) -> list[_Window]:
        """The bare scores of a text's windows."""
        return self._run(read_sentences(self._tokenizer, text, find_sentences(runtime.clean(text))))

    def _run(self, read: Read) -> list[_Window]:
        """Run all windows, longest first; results stand in the order of the text."""
        plan = windows(read)
        coded = [code([read.coded[n] for n in window]) for window in plan]
        results: list[dict[str, np.ndarray]] = [{} for _ in plan]
        groups = list(runtime.batches([len(c.ids) for c in coded]))
        names = self._windows.outputs
        for group, arrays in self._windows.run_each(
            groups, lambda group: self._inputs([coded[k] for k in group])
        ):
            for row, k in enumerate(group):
                count = len(coded[k].first)
                results[k] = {
                    name: _trim(name, array[row], count)
                    for name, array in zip(names, arrays, strict=True)
                }
        out, first = [], 0
        for window, c, result in zip(plan, coded, results, strict=True):
            ended = [read.coded[n].ends_paragraph for n in window]
            paragraph = tuple(sum(ended[:number]) for number in c.sentence)
            out.append(_Window(first, tuple(c.sentence), paragraph, result))
            first += len(c.first)
        return out

    def _inputs(self, part: Sequence[Coded]) -> dict[str, np.ndarray]:
        ids, mask = runtime.padded([c.ids for c in part])
        types, _ = runtime.padded([c.types for c in part])
        first, _ = runtime.padded([c.first for c in part])
        last, _ = runtime.padded([c.last for c in part])
        return {
            "embedded": self._table[ids],
            "attention_mask": mask,
            "types": types,
            "first": first,
            "last": last,
        }

    def _trees(self, found: Sequence[_Window]) -> list[tuple[str, int, str]]:
        """Tag, head (place in the text's words) and relation of every word."""
        tags = [self._upos[k] for w in found for k in w.out["upos"].argmax(1)]
        heads: list[int] = []
        for window in found:
            for a, b in _blocks(window.sentence):
                arcs, root = window.out["arcs"][a:b, a:b], window.out["root"][a:b, 0]
                at = window.first + a
                heads += [h + at if h >= 0 else -1 for h in reader_decode.heads(arcs, root)]
        dep = np.concatenate([w.out["rel_dep"] for w in found])
        head = np.concatenate([*(w.out["rel_head"] for w in found), self._root_head[None]])[heads]
        rels: list[int] = []
        rows = range(len(dep))
        places = [list(rows[k : k + RELATION_ROWS]) for k in rows[::RELATION_ROWS]]
        for _, (scores,) in self._relations.run_each(
            places, lambda place: {"dep": dep[place], "head": head[place]}
        ):
            rels += scores.argmax(1).tolist()
        return [
            (tag, h, "root" if h < 0 else self._rels[r])
            for tag, h, r in zip(tags, heads, rels, strict=True)
        ]

    def _names(
        self, found: Sequence[_Window], trees: Sequence[tuple[str, int, str]]
    ) -> list[tuple[int, int, str, bool, float]]:
        """First and last word, kind, whether the head is no proper noun, and probability.

        The model tells proper from common heads itself, but the tag of the head is surer.
        """
        out = []
        for window in found:
            for a, b in _blocks(window.sentence):
                block = reader_decode.either(window.out["names"][:, a:b, a:b])
                at = window.first + a
                for first, last, kind, score in reader_decode.spans(block, NAME_BIAS):
                    x, y = first + at, last + at
                    head = next((k for k in range(x, y + 1) if not x <= trees[k][1] <= y), x)
                    out.append((x, y, self._kinds[kind - 1], trees[head][0] != "PROPN", score))
        return out

    def _said(self, found: Sequence[_Window]) -> list[_Cue]:
        """Every cue with the roles of the words of its paragraph."""
        cues = self._cues(found)
        near = [_paragraph(found[n].paragraph, a) for n, a, _, _ in cues]
        roles: list[np.ndarray] = [np.zeros(0)] * len(cues)
        lengths = np.array([end - start for start, end in near])
        groups = list(runtime.batches(lengths.tolist()))
        for batch, (tags,) in self._roles.run_each(
            groups,
            lambda group: _role_inputs([_cue_states(found, cues[k], near[k]) for k in group]),
        ):
            logs = reader_decode.log_softmax(tags.astype(np.float64))
            biased = logs - np.array([0, 0, 0, PIECE_COST, 0])
            best = reader_decode.labels(biased, lengths[batch])
            for row, k in enumerate(batch):
                roles[k] = _one_source(best[row, : lengths[k]], logs[row])
        return [
            _Cue(found[n].first + a, found[n].first + b, found[n].first + start, tags, score)
            for (n, a, b, score), (start, _), tags in zip(cues, near, roles, strict=True)
        ]

    def _cues(self, found: Sequence[_Window]) -> list[tuple[int, int, int, float]]:
        """Window, first and last word in it, and probability of every cue."""
        lengths = np.array([len(w.sentence) for w in found])
        scores = np.zeros((len(found), lengths.max(), 3))
        for row, window in enumerate(found):
            scores[row, : lengths[row]] = reader_decode.log_softmax(
                window.out["cues"].astype(np.float64)
            )
        biased = scores.copy()
        biased[:, :, 0] += CUE_BIAS
        tags = reader_decode.labels(biased, lengths)
        return [
            (row, a, b, float(np.exp(scores[row, a, 1])))
            for row in range(len(found))
            for a, b in reader_decode.runs(tags[row], 1)
        ]


def load(folder: Path | None = None, *, use: runtime.Use = runtime.AT_ONCE) -> Reader:
    """Load the shipped reader, or the one in a folder. Raises ModelError."""
    return Reader(folder, use)


def _trim(name: str, array: np.ndarray, count: int) -> np.ndarray:
    """Cut the padding off one window's output."""
    if name == "names":
        return array[:, :count, :count]
    return array[:count, :count] if name == "arcs" else array[:count]


def _blocks(sentence: Sequence[int]) -> list[tuple[int, int]]:
    """First word, and the one after the last, of every sentence of a window."""
    edges = [k for k in range(len(sentence)) if k == 0 or sentence[k] != sentence[k - 1]]
    return list(zip(edges, [*edges[1:], len(sentence)], strict=True))


def _paragraph(paragraph: Sequence[int], word: int) -> tuple[int, int]:
    """First word, and the one after the last, of a word's paragraph in its window."""
    number = paragraph[word]
    first = paragraph.index(number)
    return first, first + paragraph.count(number)


def _cue_states(
    found: Sequence[_Window], cue: tuple[int, int, int, float], near: tuple[int, int]
) -> tuple[np.ndarray, int, int]:
    """The states of the words of a cue's paragraph, and where the cue stands among them."""
    window, first, last, _ = cue
    start, end = near
    return found[window].out["words"][start:end], first - start, min(last, end - 1) - start


def _role_inputs(cues: Sequence[tuple[np.ndarray, int, int]]) -> dict[str, np.ndarray]:
    width = max(len(states) for states, _, _ in cues)
    words = np.zeros((len(cues), width, cues[0][0].shape[1]), dtype=np.float32)
    near, mask = (np.zeros((len(cues), width), dtype=np.int64) for _ in range(2))
    cue = np.zeros((len(cues), words.shape[2]), dtype=np.float32)
    place = np.arange(width)
    for row, (states, first, last) in enumerate(cues):
        words[row, : len(states)] = states
        mask[row, : len(states)] = 1
        cue[row] = states[first : last + 1].mean(0)
        before, after = np.clip(place - first, -NEAR, 0), np.clip(place - last, 0, NEAR)
        inside = (place >= first) & (place <= last)
        near[row] = np.where(inside, 2 * NEAR + 2, before + after + NEAR)
    return {"words": words, "cue": cue, "near": near, "mask": mask}


def _one_source(tags: np.ndarray, logs: np.ndarray) -> np.ndarray:
    """Keep the surest of several sources: an attribution has one, and it is never in pieces."""
    found = reader_decode.runs(tags, 1)
    if len(found) < 2:
        return tags
    gains = [(logs[a : b + 1, 1:3].max(1) - logs[a : b + 1, 0]).sum() for a, b in found]
    tags = tags.copy()
    for k, (a, b) in enumerate(found):
        if k != int(np.argmax(gains)):
            tags[a : b + 1] = 0
    return tags


def _reading(
    text: str,
    read: Read,
    trees: Sequence[tuple[str, int, str]],
    names: Sequence[tuple[int, int, str, bool, float]],
    said: Sequence[_Cue],
) -> Reading:
    spans = [w for sentence in read.words for w in sentence]
    numbers = [n for n, sentence in enumerate(read.words) for _ in sentence]
    words = tuple(
        Word(text[s.start : s.end], s.start, s.end, number, *tree)
        for s, number, tree in zip(spans, numbers, trees, strict=True)
    )
    ends = np.cumsum([len(sentence) for sentence in read.words]).tolist()
    found = [
        Name(spans[a].start, spans[b].end, _TYPES.get(kind, kind), nominal, score)
        for a, b, kind, nominal, score in names
    ]
    return Reading(
        words,
        tuple(zip([0, *ends[:-1]], ends, strict=True)),
        tuple(n for n in found if not n.nominal),
        tuple(n for n in found if n.nominal),
        tuple(_attribution(text, spans, cue) for cue in said),
    )


_TYPES = {"organization": "organisation"}


def _attribution(text: str, spans: Sequence[Span], cue: _Cue) -> Said:
    def places(begin: int) -> list[Span]:
        return [
            Span(spans[cue.start + a].start, spans[cue.start + b].end)
            for a, b in reader_decode.runs(cue.tags, begin)
        ]

    place = Span(spans[cue.first].start, spans[cue.last].end)
    return Said(place, tuple(places(1)), _whole_pieces(text, place, places(3)), cue.score)


def _whole_pieces(text: str, cue: Span, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """Join pieces that only punctuation parts; drop bare punctuation and, if any other is left,
    what stands in another paragraph than the cue."""
    kept = [p for p in pieces if _has_letters(text[p.start : p.end])]
    near = [p for p in kept if "\n" not in text[min(p.end, cue.end) : max(p.start, cue.start)]]
    joined: list[Span] = []
    for piece in near or kept:
        if joined and not _has_letters(text[joined[-1].end : piece.start]):
            joined[-1] = Span(joined[-1].start, piece.end)
        else:
            joined.append(piece)
    return tuple(joined)


def _has_letters(text: str) -> bool:
    return any(char.isalnum() for char in text)
