"""The shipped reader reads sentences as a person would, alike in any company, and never fails."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from benchmarks import attribution, names, syntax
from training.reader_data import conllu
from verify.errors import ModelError
from verify.models.reader import FOLDER, Reader, load
from verify.models.reading import Reading
from verify.values import Span

DATA = Path(__file__).parents[1].parent / "shared" / "data"
ROCKETS = (
    "Syrian air defences shot down several missiles over Damascus on Tuesday night, "
    "the state news agency SANA said."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load()


def heads(reading: Reading) -> dict[str, tuple[str, str]]:
    words = reading.words
    return {w.text: (w.deprel, words[w.head].text if w.head >= 0 else "") for w in words}


def test_subject_object_and_speaker_are_told_apart(reader: Reader) -> None:
    found = heads(reader.read(ROCKETS))
    assert found["defences"] == ("nsubj", "shot")
    assert found["missiles"] == ("obj", "shot")
    assert found["Damascus"][1] == "shot"
    assert found["said"] == ("root", "") or found["said"] == ("parataxis", "shot")


def test_persons_and_places_stand_with_type_and_place(reader: Reader) -> None:
    text = "Emmanuel Macron flew from Paris to Beirut, Hezbollah said on Monday."
    found = {(text[n.start : n.end], n.type) for n in reader.read(text).names}
    assert found >= {("Emmanuel Macron", "person"), ("Paris", "place"), ("Beirut", "place")}


def test_an_attribution_links_source_cue_and_content(reader: Reader) -> None:
    (said,) = reader.read(ROCKETS).said
    assert ROCKETS[said.cue.start : said.cue.end] == "said"
    assert [ROCKETS[s.start : s.end] for s in said.source] == ["the state news agency SANA"]
    (content,) = said.content
    assert ROCKETS[content.start : content.end].startswith("Syrian air defences shot down")


def test_the_graphs_compute_what_torch_does_but_for_layers_of_whole_numbers(
    reader: Reader,
) -> None:
    pytest.importorskip("onnx", reason="the torch network needs the extra `train`")
    from benchmarks.under_torch import read_with_torch

    other = read_with_torch(reader).read(ROCKETS)
    own = reader.read(ROCKETS)
    assert [(w.upos, w.head, w.deprel) for w in own.words] == [
        (w.upos, w.head, w.deprel) for w in other.words
    ]
    assert [(s.source, s.cue, s.content) for s in own.said] == [
        (s.source, s.cue, s.content) for s in other.said
    ]
    assert len(own.names) == 1
    assert [n.score for n in own.names] != [n.score for n in other.names]  # torch did run
    assert [n.score for n in own.names] == pytest.approx([n.score for n in other.names], abs=0.05)


def test_heads_are_places_in_the_whole_text(reader: Reader) -> None:
    reading = reader.read("The army denied it. The minister resigned.")
    assert [w.text for w in reading.words if w.head < 0] == ["denied", "resigned"]
    assert reading.sentences == ((0, 5), (5, 9))
    assert reading.words[reading.words[6].head].text == "resigned"


def test_given_sentences_and_words_are_kept(reader: Reader) -> None:
    text = "One two. Three"
    reading = reader.read(
        text, [Span(0, 8), Span(9, 14)], [[Span(0, 3), Span(4, 8)], [Span(9, 14)]]
    )
    assert [w.text for w in reading.words] == ["One", "two.", "Three"]
    assert [w.sentence for w in reading.words] == [0, 0, 1]


def test_a_paragraph_reads_the_same_alone_and_in_a_long_text(reader: Reader) -> None:
    part = " ".join(
        [ROCKETS, "No details were given.", "Residents of the capital heard blasts."] * 3
    )
    alone = reader._run_text(part)
    among = reader._run_text("\n\n".join([ROCKETS * 2, part, ROCKETS, part]))
    twin = next(w for w in among if len(w.sentence) == len(alone[0].sentence))
    for name, scores in alone[0].out.items():
        assert abs(scores - twin.out[name]).max() < 1e-4


@pytest.mark.parametrize(
    "text",
    [
        "", " \n\n ", ".", "“", "\ud800 lone", "😀 😀", "\u202e", "a" * 5000, "word " * 3000,
        ROCKETS.upper(), ROCKETS.replace(",", "").replace(".", ""), "\"He said. " + ROCKETS,
        "http://x.y/" + "a/b-" * 300, "\n\n".join([ROCKETS] * 40),
    ],
)  # fmt: skip
def test_no_text_is_too_odd_to_read(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    kept = "".join(w.text for w in reading.words)
    assert kept == "".join(text.split())
    assert all(-1 <= w.head < len(reading.words) for w in reading.words)


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    for path in FOLDER.glob("reader*.*"):
        if path.suffix != ".py":
            shutil.copy(path, tmp_path / path.name)
    known = json.loads((tmp_path / "reader.json").read_text())
    known["sha256"] = "0" * 64
    (tmp_path / "reader.json").write_text(json.dumps(known))
    with pytest.raises(ModelError, match=r"reader\.weights has been altered"):
        load(tmp_path)


def test_missing_labels_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"reader\.json is missing"):
        load(tmp_path)


def needs(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"the training data is not here: {path}")
    return path


def test_structure_keeps_its_floor_on_ewt_dev(reader: Reader) -> None:
    every = list(syntax.documents(conllu(needs(DATA / "syntax" / "ewt-dev.conllu.gz"))))
    trees = [tree for part in every[::5] for tree in part]
    scores = syntax.score(trees, list(syntax.parses(reader, trees)))
    assert scores["upos"] >= 0.94
    assert scores["uas"] >= 0.87
    assert scores["las"] >= 0.83


def test_ranges_are_compared_without_edge_punctuation() -> None:
    text = '"Go," he said: "now."'
    assert attribution.trimmed(text, 0, 5) == (1, 3)
    assert attribution.trimmed(text, 13, 14) == (13, 14)


def test_an_attribution_is_linked_only_if_all_its_roles_are_right() -> None:
    source, cue, content = frozenset({(0, 2)}), frozenset({(3, 7)}), frozenset({(8, 12)})
    gold = [[(source, cue, content)]]
    assert attribution.score(["He said nothing"], gold, gold)["linked_f1"] == 1
    found = [[(frozenset[tuple[int, int]](), cue, content)]]
    result = attribution.score(["He said nothing"], gold, found)
    assert result["linked_f1"] == 0
    assert result["exact_f1"] == {"source": 0, "cue": 1, "content": 1}


def test_names_are_scored_by_range_and_type() -> None:
    gold = {(0, 0, 5, "person"), (0, 6, 9, "place")}
    assert names.score(gold, {(0, 0, 5, "person"), (0, 6, 9, "person")})["micro_f1"] == 0.5
