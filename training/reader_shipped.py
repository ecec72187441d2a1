"""The reader network with the shipped weights, to go on training from or to compare with.

    python -m training.reader_shipped runs/shipped.pt

Layers that ship as whole numbers come back to within half a step of their scale. It writes a
checkpoint for `training.reader --start` and never alters what ships.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch

from training.export import arrays_of
from training.reader_graph import FOLDER
from training.reader_net import ARC, NAME, REL, STATE, ReaderNet, from_encoder
from verify.models.encoder import default_folder

GRAPHS = ("reader.onnx", "reader_relations.onnx", "reader_roles.onnx")


def weights_of(folder: Path) -> dict[str, np.ndarray]:
    """Every weight of the shipped graphs by its name."""
    found: dict[str, np.ndarray] = {}
    for name in GRAPHS:
        part = arrays_of(onnx.load(folder / name).graph)
        if name == "reader_relations.onnx":  # its short names would hide others
            part = {f"trees.rel.{k}": v for k, v in part.items()}
        found |= part
    return found


def restore(folder: Path = FOLDER) -> ReaderNet:
    """The torch network of the shipped weights. Raises KeyError where one is missing."""
    known = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    arrays = weights_of(folder)
    sizes = [len(known[x]) for x in ("upos", "rels", "names")]
    net = from_encoder(str(default_folder()), *sizes)
    state = net.state_dict()
    biaffine = {"trees.arc.weight": ARC, "trees.name.weight": NAME, "trees.rel.weight": REL}
    for name, value in state.items():
        if "word_embeddings" in name:
            continue
        if name in biaffine:
            array = _biaffine(arrays, name.removesuffix(".weight"), biaffine[name])
        elif name == "trees.root_head":
            array = np.array(known["root_head"])
        elif "in_proj" in name:
            array = _stacked(arrays, name)
        else:
            array = arrays[name.removeprefix("encoder.bert.")]
        state[name] = torch.from_numpy(np.array(array, dtype=np.float32)).reshape(value.shape)
    net.load_state_dict(state)
    return net.eval()


def _biaffine(arrays: dict[str, np.ndarray], prefix: str, width: int) -> np.ndarray:
    """The tensor [kinds, left + 1, right + 1] that the graph keeps as a matrix and its biases."""
    rows = np.concatenate([arrays[f"{prefix}.matrix"], arrays[f"{prefix}.bias"][:, None]], 1)
    kinds = len(rows) // (width + 1)
    return rows.reshape(kinds, width + 1, width + 1).transpose(0, 2, 1)


def _stacked(arrays: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Query, key and value of a role layer as torch keeps them, one above the other."""
    prefix, kind = name.split(".self_attn.in_proj_")
    parts = [arrays[f"{prefix}.{role}.{kind}"] for role in ("query", "key", "value")]
    if any(len(part) != STATE for part in parts):
        raise KeyError(name)
    return np.concatenate(parts)


def main() -> None:
    """Write the checkpoint."""
    out = Path(sys.argv[1])
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(restore().state_dict(), out)


if __name__ == "__main__":
    main()
