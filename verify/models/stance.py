"""Does a statement support a claim, refute it, or say nothing of it? The shipped cross-encoder.

It runs on onnxruntime and tokenizers; another three-label cross-encoder goes through
sentence-transformers. It never decides: thresholds and guards stand in `judge`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from verify.errors import ModelError
from verify.models import encoder, runtime, stance_figures
from verify.models.stance_input import encode_pairs
from verify.values import Stance

FOLDER = Path(__file__).parent
DEFAULT = "verify-stance"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least probability of a decisive stance. The shipped model's are its own (`stance.json`)."""

    supports: float = 0.8
    refutes: float = 0.8


class StanceModel(Protocol):
    """What every stance model offers: its name, its thresholds and probabilities."""

    name: str
    thresholds: Thresholds

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return float32 [pairs, 3] in the order supports, refutes, neutral; rows sum to 1."""
        ...


class OnnxStance:
    """The shipped model: MiniLM with the soft alignment of both texts, calibrated on dev.

    Beside the network stand marks of figures and dates that agree or differ, weighed in.
    """

    def __init__(self, folder: Path | None = None, use: runtime.Use = runtime.AT_ONCE) -> None:
        """Load and check the files; raise ModelError where one is missing or altered."""
        folder = folder or FOLDER
        known = runtime.described(folder / "stance.json")
        base = encoder.default_folder()
        files = runtime.Files(
            folder / "stance.onnx",
            base / "tokenizer.json",
            folder / "stance.weights",
            str(known["sha256"]),
        )
        runtime.check_hash(files)
        self.name = str(known["name"])
        self.thresholds = Thresholds(float(known["supports"]), float(known["refutes"]))
        self.temperature = float(known["temperature"])
        weights: dict[str, list[float]] = known.get("marks", {})
        nothing = [0.0, 0.0, 0.0]
        self._marks = np.array([weights.get(m, nothing) for m in stance_figures.MARKS])
        self.sessions = (runtime.Session(files, use),)
        self._tokenizer = runtime.load_tokenizer(base / "tokenizer.json")
        self._table = runtime.embeddings(base / "model.safetensors")

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return float32 [pairs, 3], the same for a pair alone and in any batch to 1e-4."""
        return self.weighed(pairs, self.logits(pairs))

    def weighed(self, pairs: Sequence[tuple[str, str]], logits: np.ndarray) -> np.ndarray:
        """Calibrate the network's logits, and add what figures and dates say of each pair."""
        seen = [stance_figures.marks(*pair) @ self._marks for pair in pairs]
        return _softmax(logits / self.temperature + np.reshape(seen, (-1, 3)))

    def logits(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return the network's own float32 [pairs, 3]."""
        coded = self.encode(pairs)
        out = np.zeros((len(pairs), 3), dtype=np.float32)
        (session,) = self.sessions
        groups = list(runtime.batches([len(ids) for ids, _ in coded]))
        for group, (rows,) in session.run_each(
            groups, lambda group: self._inputs([coded[k] for k in group])
        ):
            out[group] = rows
        return out

    def encode(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[list[int], list[int]]]:
        """Token ids and type ids of each pair."""
        return encode_pairs(self._tokenizer, [runtime.clean(pair) for pair in pairs])

    def _inputs(self, coded: Sequence[tuple[list[int], list[int]]]) -> dict[str, np.ndarray]:
        pieces, mask = runtime.padded([ids for ids, _ in coded])
        types, _ = runtime.padded([kinds for _, kinds in coded])
        return {"embedded": self._table[pieces], "attention_mask": mask, "types": types}


class TorchStance:
    """Any Hugging Face cross-encoder with three NLI labels, through sentence-transformers."""

    def __init__(self, name: str, device: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model: Any = CrossEncoder(
                name, device=device, local_files_only=Path(name).is_dir()
            )
        except Exception as error:  # of any kind: the library names none
            reason = str(error).strip().split("\n")[0]
            raise ModelError(
                f"stance model {name} cannot be loaded on {device} ({reason}): give a folder or "
                "the name of a cross-encoder with three labels"
            ) from error
        self.name = name
        self.thresholds = Thresholds()
        self._order = _order(dict(self._model.config.id2label))

    def probabilities(self, pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        """Return float32 [pairs, 3] in the order supports, refutes, neutral."""
        if not pairs:
            return np.zeros((0, 3), dtype=np.float32)
        logits = self._model.predict(list(pairs), show_progress_bar=False, convert_to_numpy=True)
        return _softmax(np.asarray(logits, dtype=np.float32)[:, self._order])


def load(
    name_or_dir: str | None = None, *, device: str = "cpu", use: runtime.Use = runtime.AT_ONCE
) -> StanceModel:
    """Load the shipped stance model, or another by name or folder. Raises ModelError."""
    if name_or_dir in {None, DEFAULT}:
        return OnnxStance(use=use)
    return TorchStance(str(name_or_dir), device)


def decide(
    thresholds: Thresholds, pairs: Sequence[tuple[str, str]], probabilities: np.ndarray
) -> list[Stance | None]:
    """The decisive stance of each pair, None where it is neutral or too unsure.

    Probabilities are rounded to three decimals first, so that a stance is the same in any batch.
    """
    out: list[Stance | None] = []
    for row in np.round(probabilities.astype(np.float64), 3):
        if row[0] >= thresholds.supports:
            out.append(Stance.SUPPORTS)
        else:
            out.append(Stance.REFUTES if row[1] >= thresholds.refutes else None)
    return out


def _order(labels: dict[int, str]) -> list[int]:
    """Columns of supports, refutes, neutral among a model's own labels."""
    wanted = (("entail", "support"), ("contra", "refut"), ("neutral", "not enough"))
    out = []
    for words in wanted:
        found = [k for k, label in labels.items() if label.lower().startswith(words)]
        if len(found) != 1:
            raise ModelError(
                f"the stance model's labels are {sorted(labels.values())}: it needs exactly "
                "entailment, contradiction and neutral"
            )
        out.append(int(found[0]))
    return out


def _softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(-1, keepdims=True)
    powers = np.exp(shifted)
    return np.asarray(powers / powers.sum(-1, keepdims=True), dtype=np.float32)
