"""The mean of several checkpoints of one reader, weight by weight (Izmailov et al. 2018).

    python -m training.reader_mean FIRST.pt SECOND.pt … OUT.pt

Writes labels.json beside it, those of the first checkpoint's folder. It never trains.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import torch


def mean(paths: list[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of every floating-point weight; whole numbers are the first's."""
    states = [torch.load(path, weights_only=True) for path in paths]
    return {
        name: sum(s[name].float() for s in states) / len(states)
        if value.is_floating_point()
        else value
        for name, value in states[0].items()
    }


def main() -> None:
    """Write the checkpoint and its labels."""
    *given, out = (Path(argument) for argument in sys.argv[1:])
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(mean(given), out)
    labels = next(p.parent / "labels.json" for p in given if (p.parent / "labels.json").exists())
    shutil.copy(labels, out.parent / "labels.json")


if __name__ == "__main__":
    main()
