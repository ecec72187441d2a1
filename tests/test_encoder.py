"""The encoder: the published vectors, without torch, the same alone and in any batch."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from verify.errors import ModelError
from verify.models import encoder

SHARED = Path(__file__).parents[1].parent / "shared"
CLAIMS = SHARED / "data" / "claim_retrieval" / "claims.tsv"
TWEETS = SHARED / "data" / "claim_retrieval" / "dev.queries.tsv"
SENTENCES = [
    "Israel carried out airstrikes on Damascus.",
    "Israel did not carry out airstrikes on Damascus.",
    "Syrian air defenses intercepted missiles fired at the capital on Tuesday night.",
    "Huge fire in southern Damascus amid Israeli airstrikes 😉 https://t.co/5LHaG3AHxO",
    "",
    "  Zürich — «нет» 地震 ",
    "The ministry said: " + "no deaths " * 400,
]


@pytest.fixture(scope="module")
def minilm() -> encoder.Encoder:
    return encoder.load()


def column(path: Path, limit: int) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row[1] for row in csv.reader(file, delimiter="\t")][1 : limit + 1]


def test_vectors_are_float32_of_unit_length(minilm: encoder.Encoder) -> None:
    vectors = minilm.encode(SENTENCES)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(SENTENCES), minilm.dimension) == (7, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_negation_is_as_alike_as_the_published_model_finds_it(minilm: encoder.Encoder) -> None:
    plain, negated = minilm.encode(["Carried out airstrikes", "did not carry out airstrikes"])
    assert float(plain @ negated) > 0.85


def test_a_vector_is_the_same_alone_and_in_any_batch(minilm: encoder.Encoder) -> None:
    together = minilm.encode(SENTENCES * 9)
    alone = np.concatenate([minilm.encode([sentence]) for sentence in SENTENCES] * 9)
    assert np.abs(together - alone).max() < 1e-5


def test_no_texts_give_no_vectors(minilm: encoder.Encoder) -> None:
    assert minilm.encode([]).shape == (0, 384)


def test_the_default_encoder_imports_no_torch() -> None:
    script = (
        "import sys; from verify.models import encoder; encoder.load().encode(['a']);"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'onnx'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert result.stdout.strip() == b"[]"


def test_vectors_are_those_of_sentence_transformers_within_a_cosine_of_999_in_1000(
    minilm: encoder.Encoder,
) -> None:
    texts = list(SENTENCES[:4])
    if CLAIMS.exists():
        texts += column(CLAIMS, 900) + column(TWEETS, 100)
    torch = encoder.TorchEncoder(encoder.DEFAULT, "cpu", offline=True)
    cosines = (minilm.encode(texts) * torch.encode(texts)).sum(axis=1)
    assert cosines.min() >= 0.999
    assert (torch.name, torch.dimension) == (minilm.name, minilm.dimension)
    odd = [*SENTENCES[4:], "👍", ".", "no", "نفت وزارة الصحة ذلك"]
    assert (minilm.encode(odd) * torch.encode(odd)).sum(axis=1).min() >= 0.997


def test_altered_weights_are_refused(tmp_path: Path) -> None:
    for name in ("minilm.onnx", "minilm.weights", "minilm.json"):
        (tmp_path / name).write_bytes((encoder.FOLDER / name).read_bytes())
    assert encoder.OnnxEncoder(folder=tmp_path).encode(["a"]).shape == (1, 384)
    for name in ("minilm.weights", "minilm.onnx"):
        whole = (encoder.FOLDER / name).read_bytes()
        (tmp_path / name).write_bytes(whole[:-9] + b"altered" + whole[-2:])
        with pytest.raises(ModelError, match=r"has been altered .* install verify again"):
            encoder.OnnxEncoder(folder=tmp_path)
        (tmp_path / name).write_bytes(whole)


def test_another_table_of_words_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"model\.safetensors has been altered"):
        encoder.OnnxEncoder()


def test_a_missing_description_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"minilm\.json is missing or broken: install verify"):
        encoder.OnnxEncoder(folder=tmp_path)


def test_a_text_is_cut_to_the_limit_of_the_model(minilm: encoder.Encoder) -> None:
    long = "The ministry confirmed it. " * 60
    vectors = minilm.encode([long, long + "Then it rained."])
    assert np.array_equal(vectors[0], vectors[1])


def test_lone_surrogates_do_no_harm(minilm: encoder.Encoder) -> None:
    broken, replaced = minilm.encode(["broken \ud83d emoji", "broken ? emoji"])
    assert np.array_equal(broken, replaced)


def test_an_unknown_encoder_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be loaded on cpu .* give a folder") as raised:
        encoder.load(str(tmp_path), offline=True)
    assert "\n" not in str(raised.value)
