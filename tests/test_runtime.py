"""The runtime: batches, hashes, and what a damaged model file gets."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from verify.errors import ModelError
from verify.models import encoder
from verify.models.runtime import (
    Files,
    Session,
    Use,
    batches,
    check_hash,
    described,
    held,
    load_tokenizer,
    padded,
)

FOLDER = encoder.default_folder()
GRAPH = encoder.FOLDER / "minilm.onnx"


def files(**changed: object) -> Files:
    given = {"graph": GRAPH, "tokenizer": FOLDER / "tokenizer.json"}
    weights = encoder.FOLDER / "minilm.weights"
    given |= {"weights": weights, "sha256": described(encoder.FOLDER / "minilm.json")["sha256"]}
    return Files(**(given | changed))  # type: ignore[arg-type]


def test_batches_hold_every_index_once_longest_first_within_the_budget() -> None:
    found = list(batches([3, 10, 1, 4, 4, 100], budget=12))
    assert found == [[5], [1], [3, 4, 0], [2]]


def test_a_batch_is_not_filled_up_with_padding() -> None:
    lengths = [40, 39, 36, 30, 24, 9, 8]
    assert list(batches(lengths)) == [[0, 1, 2, 3], [4, 5], [6]]
    assert list(batches([40, *[8] * 20])) == [[0], list(range(1, 21))]


def test_no_texts_make_no_batches() -> None:
    assert list(batches([])) == []


def test_rows_are_filled_up_to_the_longest_and_the_mask_says_where() -> None:
    numbers, mask = padded([[7, 8, 9], [5]])
    assert numbers.tolist() == [[7, 8, 9], [5, 0, 0]]
    assert mask.tolist() == [[1, 1, 1], [1, 0, 0]]


def test_altered_weights_are_refused() -> None:
    with pytest.raises(ModelError, match=r"has been altered .* install verify again"):
        check_hash(files(sha256="0" * 64))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"absent\.onnx is missing: install verify again"):
        check_hash(files(graph=tmp_path / "absent.onnx"))


def test_a_broken_graph_is_one_clear_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"not a graph")
    with pytest.raises(ModelError, match="cannot be run") as raised:
        Session(files(graph=broken))
    assert "\n" not in str(raised.value)


def test_a_broken_tokenizer_is_one_clear_line(tmp_path: Path) -> None:
    broken = tmp_path / "tokenizer.json"
    broken.write_text("{")
    with pytest.raises(ModelError, match="cannot be read"):
        load_tokenizer(broken)


def test_a_model_used_lazily_is_held_for_a_step_alone_and_comes_back_when_it_is_run() -> None:
    model = encoder.OnnxEncoder(Use(lazily=True))
    (session,) = model.sessions
    assert session.is_closed
    with held(model, Use(lazily=True)):
        assert not session.is_closed
        during = model.encode(["A statement."])
    assert session.is_closed
    assert (model.encode(["A statement."]) == during).all()
    with held(model, Use()):
        pass
    assert not session.is_closed


def test_a_broken_graph_used_lazily_is_told_when_its_step_begins(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"not a graph")
    model = encoder.OnnxEncoder(Use(lazily=True))
    model.sessions = (Session(files(graph=broken), Use(lazily=True)),)
    with pytest.raises(ModelError, match="cannot be run"), held(model, Use(lazily=True)):
        pass


def test_groups_run_at_once_come_back_in_their_order_and_are_each_run_once() -> None:
    texts = [f"Statement {number} of the ministry" + " today" * number for number in range(24)]
    one, four = (encoder.OnnxEncoder(Use(threads)) for threads in (1, 4))
    lengths = [len(text.split()) for text in texts]
    groups = list(batches(lengths, budget=32))
    seen: list[int] = []

    def feed(group: list[int]) -> dict[str, np.ndarray]:
        seen.extend(group)
        numbers, mask = padded([[k] * lengths[k] for k in group])
        made = np.random.default_rng(group[0]).standard_normal((*numbers.shape, 384))
        return {"embedded": made.astype(np.float32), "attention_mask": mask}

    ran = list(four.sessions[0].run_each(groups, feed))
    assert [group for group, _ in ran] == groups
    assert sorted(seen) == list(range(24))
    for (_, (alone,)), (_, (together,)) in zip(
        one.sessions[0].run_each(groups, feed), ran, strict=True
    ):
        assert np.array_equal(alone, together)
    assert np.array_equal(one.encode(texts), four.encode(texts))


def test_two_groups_are_under_way_at_once() -> None:
    (session,) = encoder.OnnxEncoder(Use(2)).sessions
    both = threading.Barrier(2, timeout=60)  # broken, and so raised, where one waits for the other

    def feed(group: list[int]) -> dict[str, np.ndarray]:
        both.wait()
        embedded = np.ones((1, 3, 384), dtype=np.float32)
        return {"embedded": embedded, "attention_mask": np.ones((1, 3), dtype=np.int64)}

    assert len(list(session.run_each([[0], [1]], feed))) == 2


def test_a_child_process_has_threads_of_its_own() -> None:
    script = (
        "import os, sys\n"
        "from verify.models import encoder\n"
        "from verify.models.runtime import Use\n"
        "model = encoder.OnnxEncoder(Use(2)); texts = ['a', 'b ' * 90, 'c ' * 200]\n"
        "model.encode(texts)\n"
        "child = os.fork()\n"
        "if not child: os._exit(0 if model.encode(texts).shape == (3, 384) else 1)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=120, check=False).returncode == 0


def test_what_goes_wrong_with_one_group_is_raised_where_the_results_are_read() -> None:
    (session,) = encoder.OnnxEncoder(Use(2)).sessions

    def feed(group: list[int]) -> dict[str, np.ndarray]:
        if group == [1]:
            raise ValueError("broken")
        embedded = np.ones((1, 3, 384), dtype=np.float32)
        return {"embedded": embedded, "attention_mask": np.ones((1, 3), dtype=np.int64)}

    with pytest.raises(ValueError, match="broken"):
        list(session.run_each([[0], [1], [2]], feed))
