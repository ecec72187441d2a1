"""The shipped stance model tells support from denial, alike in any company, and never alters."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import negation
from benchmarks import stance as benchmark
from verify.errors import ModelError
from verify.models import encoder, stance
from verify.models.stance import FOLDER, OnnxStance, Thresholds, TorchStance, decide, load
from verify.values import Stance

DEV = Path(__file__).parents[1].parent / "shared" / "data" / "stance" / "dev.jsonl.gz"
STRUCK = "Israel carried out airstrikes on Damascus"
PAIRS = [
    ("The Israeli army confirmed it carried out airstrikes on Damascus overnight.", STRUCK),
    ("The Israeli army denied that it carried out airstrikes on Damascus.", STRUCK),
    ("The ministry of education announced the dates of the summer exams.", STRUCK),
    ("Ten people were killed in the blast, police said.", "At least 12 people died in the blast"),
    ("", ""),
    ("\ud800 word", "🔴 #BREAKING " + "long " * 300),
]


@pytest.fixture(scope="module")
def model() -> OnnxStance:
    found = load()
    assert isinstance(found, OnnxStance)
    return found


def test_confirmation_denial_and_other_matters_are_told_apart(model: OnnxStance) -> None:
    rows = model.probabilities(PAIRS[:3])
    assert rows.argmax(1).tolist() == [0, 1, 2]
    assert decide(model.thresholds, PAIRS[:3], rows) == [Stance.SUPPORTS, Stance.REFUTES, None]


def test_a_pair_scores_the_same_alone_and_in_any_batch(model: OnnxStance) -> None:
    many = PAIRS * 5
    together = model.probabilities(many)
    alone = np.concatenate([model.probabilities([pair]) for pair in PAIRS])
    assert np.abs(together - np.concatenate([alone] * 5)).max() < 1e-4
    assert np.abs(together[::-1] - model.probabilities(many[::-1])).max() < 1e-4
    assert np.allclose(together.sum(1), 1, atol=1e-5)


def test_no_pairs_are_no_rows(model: OnnxStance) -> None:
    assert model.probabilities([]).shape == (0, 3)


def _exported(folder: Path, *, whole: bool) -> OnnxStance:
    """The shipped weights as torch has them, exported anew into a folder."""
    from training.export import halve
    from training.stance_graph import build, restore

    state = {n: v for n, v in restore().state_dict().items() if "word_embeddings" not in n}
    graph = build(state, whole=whole)
    known = json.loads((FOLDER / "stance.json").read_text("utf8"))
    known["sha256"] = halve([graph], folder / "stance.weights")
    (folder / "stance.onnx").write_bytes(graph.SerializeToString())
    (folder / "stance.json").write_text(json.dumps(known))
    return OnnxStance(folder)


def test_the_graph_computes_what_torch_does(model: OnnxStance, tmp_path: Path) -> None:
    pytest.importorskip("onnx")
    from training.stance_graph import restore, run_torch

    logits = run_torch(restore(), model.encode(PAIRS))
    halved = _exported(tmp_path, whole=False).logits(PAIRS)
    assert np.abs(logits - halved).max() < 5e-3
    # The shipped one rounds activations to eight bits too: logits move by a tenth, no label does.
    assert np.abs(logits - model.logits(PAIRS)).max() < 0.15
    assert (logits.argmax(1) == model.logits(PAIRS).argmax(1)).all()


def test_an_export_of_whole_numbers_gives_its_weights_back_and_is_the_same_in_any_batch(
    tmp_path: Path,
) -> None:
    onnx = pytest.importorskip("onnx")
    from training.stance_graph import restore

    whole = _exported(tmp_path, whole=True)
    found = whole.probabilities(PAIRS)
    alone = np.concatenate([whole.probabilities([pair]) for pair in PAIRS])
    assert np.abs(found - alone).max() < 1e-4
    state, restored = restore().state_dict(), restore(tmp_path).state_dict()
    assert restored.keys() == state.keys()
    assert all((state[n] - v).abs().max() <= v.abs().max() / 1000 for n, v in restored.items())
    assert (tmp_path / "stance.weights").stat().st_size < 15_000_000
    names = [t.name for t in onnx.load(tmp_path / "stance.onnx").graph.initializer]
    assert sum(name.endswith(".whole") for name in names) == 37


def test_the_shipped_files_are_small_and_torch_is_not_imported() -> None:
    size = sum((FOLDER / f"stance.{kind}").stat().st_size for kind in ("onnx", "weights"))
    assert size < 30e6
    script = (
        "import sys; from verify.models import stance; stance.load().probabilities([('a', 'b')]);"
        "print('torch' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert ran.stdout.strip() == "False"


def test_altered_weights_and_broken_files_are_refused(tmp_path: Path) -> None:
    for name in ("stance.json", "stance.onnx", "stance.weights"):
        shutil.copy(FOLDER / name, tmp_path)
    with (tmp_path / "stance.weights").open("r+b") as file:
        file.write(b"\1")
    with pytest.raises(ModelError, match="has been altered"):
        OnnxStance(tmp_path)
    (tmp_path / "stance.json").write_text("{")
    with pytest.raises(ModelError, match="missing or broken"):
        OnnxStance(tmp_path)


def test_a_stance_is_decided_on_rounded_probabilities() -> None:
    rows = np.array([[0.7996, 0.1, 0.1004], [0.7994, 0.1, 0.1006], [0.05, 0.9, 0.05]], np.float32)
    pairs = [("a", "b")] * 3
    assert decide(Thresholds(0.8, 0.9), pairs, rows) == [Stance.SUPPORTS, None, Stance.REFUTES]


def test_negated_claims_are_not_supported(model: OnnxStance) -> None:
    found = negation.score(model, negation.triples()[::5])
    assert found["wrongly_supported"] <= 0.03
    assert found["rightly_supported"] >= 0.8


@pytest.mark.skipif(not DEV.exists(), reason="the stance pairs are not beside the project")
def test_dev_pairs_are_judged_as_well_as_before(model: OnnxStance) -> None:
    rows = benchmark.rows_of(DEV)[::30]
    pairs = [(row["evidence"], row["claim"]) for row in rows]
    found = benchmark.score(rows, model.probabilities(pairs), model.thresholds)
    assert found["accuracy"] >= 0.68
    assert found["shipped_contrast"]["precision_decisive"] >= 0.85
    assert found["shipped_contrast"]["coverage"] >= 0.35


def test_any_cross_encoder_with_three_labels_can_be_used_instead(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    labels = {0: "contradiction", 1: "entailment", 2: "neutral"}
    small_cross_encoder(tmp_path, labels)
    other = load(str(tmp_path))
    assert isinstance(other, TorchStance)
    rows = other.probabilities(PAIRS[:3])
    assert rows.shape == (3, 3)
    assert np.allclose(rows.sum(1), 1, atol=1e-5)
    again = other.probabilities(PAIRS[:3])
    assert np.array_equal(rows, again)
    assert other.thresholds == Thresholds()


def test_a_model_with_other_labels_or_none_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    small_cross_encoder(tmp_path / "two", {0: "yes", 1: "no"})
    with pytest.raises(ModelError, match="entailment, contradiction and neutral"):
        load(str(tmp_path / "two"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="cannot be loaded"):
        load(str(tmp_path / "empty"))


def small_cross_encoder(folder: Path, labels: dict[int, str]) -> None:
    """Save a tiny BERT with random weights and the default tokenizer."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    torch.manual_seed(1)
    config = BertConfig(
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=len(labels),
        id2label=labels,
        label2id={label: k for k, label in labels.items()},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_file=str(encoder.default_folder() / "tokenizer.json"),
        pad_token="[PAD]",
        sep_token="[SEP]",
        cls_token="[CLS]",
        unk_token="[UNK]",
        mask_token="[MASK]",
    ).save_pretrained(folder)


def test_the_figures_file_says_what_the_thresholds_were_tuned_on() -> None:
    known = json.loads((FOLDER / "stance.json").read_text("utf-8"))
    assert 0.5 < known["supports"] < 1
    assert 0.5 < known["refutes"] < 1
    assert "dev pairs" in known["tuned_on"]
    assert stance.DEFAULT == "verify-stance"
