"""Train the reader: structure and names, then attribution; see training/README.md for what it gave.

    python -m training.reader --data DIR --encoder DIR --out runs/reader [--epochs 20] [--resume]

DIR holds syntax/, names/ and attribution/. Seeded; writes a checkpoint as it goes and goes on from
it with --resume. Prints a learning curve on dev.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from training import reader_roles, reader_score
from training.reader_batches import (
    Example,
    batches,
    collate,
    sentences_of,
    tree_labels,
    varied,
    windows,
)
from training.reader_data import MENTIONS, Tree, conllu, tweets
from training.reader_net import ReaderNet, from_encoder
from verify.models.reader_input import BUDGET

BUDGETS = (24, 40, 64, 64, 96)


def tree_loss(
    net: ReaderNet, part: list[Example], tags: dict[str, int], rels: dict[str, int]
) -> torch.Tensor:
    data = collate([e.coded for e in part])
    sentence = data.pop("sentence")
    gold = tree_labels(part, sentence.shape[1], tags, rels)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        words = net.encoder(**data)
        upos, arcs, root, dep, head = net.trees.words(words)
        names = net.trees.names(words)
    loss = torch.zeros(())
    real = gold["heads"] >= 0
    if real.any():
        apart = sentence[:, :, None] != sentence[:, None, :]
        arcs = torch.cat([root.float()[..., None], arcs.float().masked_fill(apart, -1e4)], -1)
        head = torch.cat([net.trees.root_head.to(head.dtype).expand(len(part), 1, -1), head], 1)
        rows = torch.arange(len(part))[:, None].expand_as(real)[real]
        chosen = head[rows, gold["heads"][real]]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            kinds = net.trees.relations(dep[real], chosen)
        loss = (
            functional.cross_entropy(upos.float()[real], gold["upos"][real], label_smoothing=0.02)
            + functional.cross_entropy(arcs[real], gold["heads"][real])
            + functional.cross_entropy(kinds.float(), gold["rels"][real], label_smoothing=0.02)
        )
    marked = gold["names"] >= 0
    if marked.any():
        scores = names.float().permute(0, 2, 3, 1)[marked]
        pairs = functional.cross_entropy(scores, gold["names"][marked], reduction="sum")
        loss = loss + 2.0 * pairs / (sentence >= 0).sum()
    return loss


def groups(net: ReaderNet, rate: float, head_rate: float, decay: float) -> list[dict]:
    """Learning rates fall by `decay` a layer towards the input; word embeddings stay frozen."""
    bert = net.encoder.bert
    bert.embeddings.word_embeddings.weight.requires_grad = False
    layers = bert.encoder.layer
    out = [
        {"params": list(layer.parameters()), "lr": rate * decay ** (len(layers) - 1 - depth)}
        for depth, layer in enumerate(layers)
    ]
    out.append({"params": [p for p in bert.embeddings.parameters() if p.requires_grad], "lr": rate})
    heads = [p for part in (net.trees, net.roles) for p in part.parameters()]
    out.append({"params": heads, "lr": head_rate})
    for group in out:
        group["top"] = group["lr"]
    return out


class Trainer:
    """The net with its optimiser, its running average of weights, its clock and its checkpoint.

    The learning rate falls with the time that is used up: a busy machine trains less, never half.
    """

    def __init__(self, net: ReaderNet, args: argparse.Namespace) -> None:
        self.net, self.args, self.step = net, args, 0
        self.used, self.clock = 0.0, time.time()
        self.optimiser = torch.optim.AdamW(
            groups(net, args.rate, args.head_rate, args.decay),
            weight_decay=0.01,
            fused=True,
            betas=(0.9, 0.98),
        )
        self.average = {k: v.detach().clone() for k, v in net.state_dict().items()}
        self.file = args.out / "checkpoint.pt"

    @property
    def progress(self) -> float:
        return (self.used + time.time() - self.clock) / (60 * self.args.minutes)

    def update(self, loss: torch.Tensor) -> None:
        self.step += 1
        ramp = min(1.0, self.step / 60) * max(0.01, 1 - self.progress)
        for group in self.optimiser.param_groups:
            group["lr"] = group["top"] * ramp
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        keep = min(0.997, (self.step + 1) / (self.step + 20))
        with torch.no_grad():
            for k, v in self.net.state_dict().items():
                if v.is_floating_point() and "word_embeddings" not in k:
                    self.average[k].lerp_(v, 1 - keep)

    def save(self, epoch: int) -> None:
        state = {
            "net": self.net.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "average": self.average,
            "step": self.step,
            "epoch": epoch,
            "used": self.used + time.time() - self.clock,
        }
        torch.save(state, self.file)
        torch.save(self.average, self.args.out / "average.pt")

    def resume(self) -> int:
        kept = torch.load(self.file, weights_only=True)
        self.net.load_state_dict(kept["net"])
        self.optimiser.load_state_dict(kept["optimiser"])
        self.average, self.step, self.used = kept["average"], kept["step"], kept["used"]
        return int(kept["epoch"]) + 1


def arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--encoder", required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--start", type=Path, help="weights to go on from")
    ask.add_argument("--minutes", type=float, default=60)
    ask.add_argument("--pieces", type=int, default=2048, help="pieces in a batch")
    ask.add_argument("--rate", type=float, default=3e-4)
    ask.add_argument("--head-rate", type=float, default=1e-3)
    ask.add_argument("--decay", type=float, default=0.9)
    ask.add_argument("--trees", type=float, default=0.5, help="share of the trees in an epoch")
    ask.add_argument(
        "--skip", nargs="*", default=(), help="data to leave out: gum names attribution"
    )
    ask.add_argument("--dropout", type=float, default=0.0, help="in the encoder's layers")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--check", type=int, default=400)
    ask.add_argument("--resume", action="store_true")
    ask.add_argument("--seed", type=int, default=7)
    return ask.parse_args()


def labels(files: list[list[Tree]]) -> tuple[list[str], list[str]]:
    tags = sorted({t for trees in files for tree in trees for t in tree.upos})
    rels = sorted({r for trees in files for tree in trees for r in tree.rels})
    return tags, ["dep", *(r for r in rels if r != "dep")]


class Data:
    """Everything to train on and to look at while training."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.tokenizer = Tokenizer.from_file(str(Path(args.encoder) / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        syntax, said = args.data / "syntax", args.data / "attribution"
        self.trees = [conllu(syntax / "ewt-train.conllu.gz")]
        if "gum" not in args.skip:
            self.trees.append(conllu(syntax / "gum-train.conllu.gz"))
        if "names" not in args.skip:
            self.trees.append(tweets(args.data / "names" / "wnut17train.conll.gz"))
        self.tags, self.rels = labels(self.trees)
        self.dev = {}
        for name in ("ewt", "gum"):
            rows = conllu(syntax / f"{name}-dev.conllu.gz")
            self.dev[name] = windows(
                rows, sentences_of(self.tokenizer, rows), (BUDGET,), random.Random(1)
            )
        files = {} if "attribution" in args.skip else {"train": said / "train.jsonl.gz"}
        files["dev"] = said / "dev.jsonl.gz"
        found = {
            name: reader_roles.examples(self.tokenizer, reader_roles.articles(path))
            for name, path in files.items()
        }
        self.roles, self.dev_roles = found.get("train", []), found["dev"]

    def epoch(
        self, args: argparse.Namespace, rng: random.Random
    ) -> list[tuple[str, list[Example]]]:
        """Shuffled batches of both kinds."""
        trees: list[Example] = []
        for rows in self.trees:
            changed = [varied(t, rng) for t in rows]
            trees += windows(changed, sentences_of(self.tokenizer, changed), BUDGETS, rng)
        trees = rng.sample(trees, int(len(trees) * args.trees))
        out = []
        for kind, examples in (("trees", trees), ("roles", self.roles)):
            plan = batches([len(e.coded.ids) for e in examples], args.pieces, rng)
            out += [(kind, [examples[k] for k in part]) for part in plan]
        rng.shuffle(out)
        return out


def look(trainer: Trainer, data: Data, epoch: int) -> None:
    """Print the scores of the averaged weights on dev."""
    net = trainer.net
    now = {k: v.detach().clone() for k, v in net.state_dict().items()}
    net.load_state_dict(trainer.average)
    net.eval()
    for name, rows in data.dev.items():
        scores = reader_score.trees(net, rows, data.tags, data.rels)
        print(f"dev {name} {epoch}@{trainer.step}", *(f"{k}={v:.4f}" for k, v in scores.items()))
    scores = reader_score.roles(net, data.dev_roles)
    print(
        f"dev roles {epoch}@{trainer.step}",
        *(f"{k}={v:.4f}" for k, v in scores.items()),
        flush=True,
    )
    net.train()
    net.load_state_dict(now)


def main() -> None:
    args = arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    data = Data(args)
    tags, rels = ({x: i for i, x in enumerate(names)} for names in (data.tags, data.rels))
    net = from_encoder(args.encoder, len(tags), len(rels), len(MENTIONS), args.dropout).train()
    if args.start:
        net.load_state_dict(torch.load(args.start, weights_only=True))
    known = {"upos": data.tags, "rels": data.rels, "names": MENTIONS}
    (args.out / "labels.json").write_text(json.dumps(known))
    trainer = Trainer(net, args)
    epoch = trainer.resume() if args.resume and trainer.file.exists() else 0
    while trainer.progress < 1:
        rng = random.Random(args.seed * 1000 + epoch)
        plan = data.epoch(args, rng)
        began, totals, pieces = time.time(), {"trees": [0.0], "roles": [0.0]}, 0
        for count, (kind, part) in enumerate(plan, 1):
            loss = (
                tree_loss(net, part, tags, rels)
                if kind == "trees"
                else reader_roles.role_loss(net, part, rng)
            )
            trainer.update(loss)
            totals[kind].append(float(loss.detach()))
            pieces += sum(len(e.coded.ids) for e in part)
            if count % 50 == 0:
                means = " ".join(
                    f"{k} {sum(v[-40:]) / len(v[-40:]):.3f}" for k, v in totals.items()
                )
                speed = f"{pieces / (time.time() - began):.0f} pieces/s"
                done = f"{epoch} {count}/{len(plan)} {trainer.progress:.3f}"
                print(done, means, speed, flush=True)
            if trainer.step % args.check == 0:
                trainer.save(epoch)
                look(trainer, data, epoch)
            if trainer.progress >= 1:
                break
        epoch += 1
    trainer.save(epoch)
    look(trainer, data, epoch)
    print("done", args.out)


if __name__ == "__main__":
    main()
