"""The default encoder's dense layers as whole numbers of eight bits, hardly changed by it.

Inputs of a layer are first centred and evened out, channel by channel, as ordinary texts show them:
what that takes off an input is put into its layer's weights and biases, so that in full precision
nothing changes (SmoothQuant, Xiao et al. 2023, with a shift as in Wei et al. 2023; here the sizes
are those of least expected error, found by descent).
Weights are then rounded column by column, each column making up for the error of those before it on
the same texts (GPTQ, Frantar et al. 2023). It trains nothing, and is not imported by the program.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

#: How far sizes are evened out of inputs into weights before the descent: a little over half way.
EVENED = 0.6
STEPS, ROWS, RATE = 300, 1024, 0.02
#: What is left of the square error of rounded weights, once columns make up for each other.
LEFT = 0.1
#: Added to the diagonal of the inputs' second moments, as a part of its mean.
DAMPING = 0.01
LEAST = 1e-3
#: What two neighbouring weights may be together: 255 times this is within sixteen bits.
PAIR = 128


@dataclass(frozen=True, slots=True)
class Change:
    """What is taken off inputs [rows, width]: (x - centre) / size."""

    centre: torch.Tensor
    size: torch.Tensor

    def of(self, rows: torch.Tensor) -> torch.Tensor:
        """Centre the rows, and even them out."""
        return (rows - self.centre) / self.size

    def into(self, weight: torch.Tensor, bias: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """A layer's weight and bias for rows so changed."""
        return weight * self.size, bias + weight @ self.centre


def change(rows: torch.Tensor, weight: torch.Tensor) -> Change:
    """Choose the change for the inputs of one weight [out, in], or of several one above another."""
    centre = rows.mean(0)
    apart = rows - centre
    inputs = apart.abs().amax(0).clamp(min=LEAST)
    outputs = weight.abs().amax(0).clamp(min=LEAST)
    size = (EVENED * inputs.log() - (1 - EVENED) * outputs.log()).requires_grad_(True)
    descent = torch.optim.Adam([size], lr=RATE)
    chance = torch.Generator().manual_seed(0)
    for step in range(STEPS):
        descent.param_groups[0]["lr"] = RATE * (1 - step / STEPS)
        some = apart[torch.randint(len(apart), (ROWS,), generator=chance)]
        descent.zero_grad()
        expected_error(some / size.exp(), weight * size.exp()).log().backward()
        descent.step()
    return Change(centre, size.detach().exp())


def expected_error(rows: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """The mean square error of a layer whose inputs and weights are rounded, but for a factor.

    A step is a row's (or an output's) largest number over 127, and an error uniform within it.
    """
    of_rows = rows.abs().amax(1).square().mean() * weight.square().sum()
    of_weights = weight.abs().amax(1).square().sum() * rows.square().sum(1).mean()
    return of_rows + LEFT * of_weights


def rounded(weight: torch.Tensor, rows: torch.Tensor) -> tuple[np.ndarray, np.ndarray]:
    """Round a weight [out, in] for inputs like `rows`: int8 [in, out], and a scale an output."""
    width = weight.shape[1]
    moments = (rows.T @ rows).double()
    moments += torch.eye(width).double() * moments.diag().mean() * DAMPING
    order = torch.argsort(moments.diag(), descending=True)
    inverse = torch.linalg.inv(moments[order][:, order])
    upper = torch.linalg.cholesky(inverse, upper=True)
    rest = weight[:, order].double()
    scale = torch.from_numpy(scale_of(weight.numpy().T)).double()
    whole = torch.zeros_like(rest)
    for k in range(width):
        whole[:, k] = torch.round(rest[:, k] / scale).clamp(-127, 127)
        error = (rest[:, k] - whole[:, k] * scale) / upper[k, k]
        rest[:, k + 1 :] -= error[:, None] * upper[k, k + 1 :]
    back = whole[:, torch.argsort(order)].T.numpy()
    return within(back), scale.numpy().astype(np.float32)


def scale_of(weight: np.ndarray) -> np.ndarray:
    """The scale of each output of a weight [in, out], so that no sum of two neighbours overflows.

    Processors without VNNI add the products of two neighbouring inputs (to 255 each) in sixteen
    bits and cut what is beyond (https://onnxruntime.ai/docs/performance/model-optimizations/
    quantization.html, "saturation"): the two weights may be PAIR together at the most.
    """
    pairs = np.abs(weight)[0::2] + np.abs(weight)[1::2]
    most = np.maximum(pairs.max(0) / PAIR, np.abs(weight).max(0) / 127)
    return np.maximum(most, 1e-9)


def within(whole: np.ndarray) -> np.ndarray:
    """Rounded weights [in, out] as int8, each two neighbours PAIR together at the most."""
    out = np.clip(whole, -127, 127).astype(np.int64)
    first, second = out[0::2], out[1::2]  # views: what is cut off them is cut off `out`
    over = np.maximum(np.abs(first) + np.abs(second) - PAIR, 0)
    larger = np.abs(first) >= np.abs(second)
    first -= np.where(larger, np.sign(first) * over, 0)
    second -= np.where(larger, 0, np.sign(second) * over)
    return out.astype(np.int8)


@torch.no_grad()
def inputs_of(folder: str, texts: Sequence[str]) -> dict[str, torch.Tensor]:
    """What enters each dense layer of the published encoder on texts, by the layer's name.

    Rows are tokens; each text is read alone, so that none is padding.
    """
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(folder, device="cpu", local_files_only=True)
    seen: dict[str, list[torch.Tensor]] = {}

    def watch(name: str) -> Any:
        return lambda _, given: seen.setdefault(name, []).append(given[0].flatten(0, -2))

    for name, module in model.named_modules():
        if isinstance(module, torch.nn.Linear) and "encoder.layer." in name:
            module.register_forward_pre_hook(watch("encoder." + name.split("encoder.", 1)[1]))
    for text in texts:
        model.encode([text], show_progress_bar=False)
    return {name: torch.cat(rows) for name, rows in seen.items()}
