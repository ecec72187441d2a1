"""Train the stance model on pairs of statement and claim; see training/README.md for what it gave.

    python -m training.stance --data DIR --out runs/stance [--epochs 6] [--resume]

DIR holds train.jsonl.gz and dev.jsonl.gz (evidence, claim, label, source). Seeded; writes a
checkpoint every --save steps and goes on from it with --resume. Prints a learning curve.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import time
from collections import defaultdict
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training import news_pairs
from training.made_pairs import Maker
from training.stance_net import LABELS, StanceNet, from_encoder
from verify.models.stance_input import encode_pair

WEIGHTS = {"climate_fever": 0.4, "healthver": 0.6, "vitaminc_real": 1.3}


def read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def batches(items: list[int], lengths: list[int], size: int, rng: random.Random) -> list[list[int]]:
    """Shuffled batches of similar length: shuffle, sort within large pools, shuffle batches."""
    order = items[:]
    rng.shuffle(order)
    out = []
    pool = size * 40
    for i in range(0, len(order), pool):
        part = sorted(order[i : i + pool], key=lambda k: lengths[k])
        out += [part[j : j + size] for j in range(0, len(part), size)]
    rng.shuffle(out)
    return out


def collate(encoded: list[tuple[list[int], list[int]]]) -> tuple[torch.Tensor, ...]:
    width = -(-max(len(ids) for ids, _ in encoded) // 8) * 8
    ids = torch.zeros(len(encoded), width, dtype=torch.long)
    types = torch.zeros_like(ids)
    mask = torch.zeros_like(ids)
    for row, (pieces, kinds) in enumerate(encoded):
        ids[row, : len(pieces)] = torch.tensor(pieces)
        types[row, : len(kinds)] = torch.tensor(kinds)
        mask[row, : len(pieces)] = 1
    return ids, mask, types


@torch.no_grad()
def evaluate(net: StanceNet, rows: list[dict[str, str]], encoded: list) -> dict[str, float]:
    net.eval()
    order = sorted(range(len(rows)), key=lambda k: len(encoded[k][0]))
    right: dict[str, list[int]] = defaultdict(list)
    for i in range(0, len(order), 128):
        part = order[i : i + 128]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            best = net(*collate([encoded[k] for k in part])).argmax(-1).tolist()
        for k, guess in zip(part, best, strict=True):
            right[rows[k]["source"]].append(LABELS[guess] == rows[k]["label"])
    net.train()
    every = [x for xs in right.values() for x in xs]
    scores = {name: sum(xs) / len(xs) for name, xs in sorted(right.items())}
    return {**scores, "all": sum(every) / len(every)}


def groups(net: StanceNet, rate: float, head_rate: float, decay: float) -> list[dict]:
    """Learning rates fall by `decay` a layer towards the input; word embeddings stay frozen."""
    net.bert.embeddings.word_embeddings.weight.requires_grad = False
    layers = net.bert.encoder.layer
    out = []
    for depth, layer in enumerate(layers):
        out.append(
            {"params": list(layer.parameters()), "lr": rate * decay ** (len(layers) - 1 - depth)}
        )
    emb = [p for p in net.bert.embeddings.parameters() if p.requires_grad]
    out.append({"params": emb, "lr": rate})
    seen = {id(p) for g in out for p in g["params"]} | {
        id(net.bert.embeddings.word_embeddings.weight)
    }
    out.append({"params": [p for p in net.parameters() if id(p) not in seen], "lr": head_rate})
    for g in out:
        g["top"] = g["lr"]
    return out


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--encoder", required=True)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--start", type=Path)
    ask.add_argument("--epochs", type=int, default=6)
    ask.add_argument(
        "--minutes", type=float, default=0, help="end, learning rate and all, after so long"
    )
    ask.add_argument("--batch", type=int, default=64)
    ask.add_argument("--rate", type=float, default=2e-4)
    ask.add_argument("--head-rate", type=float, default=5e-4)
    ask.add_argument("--decay", type=float, default=0.9)
    ask.add_argument("--smooth", type=float, default=0.03)
    ask.add_argument("--limit", type=int, default=0)
    ask.add_argument("--save", type=int, default=300)
    ask.add_argument("--check", type=int, default=600)
    ask.add_argument("--augment", type=float, default=0.0, help="share of made pairs per epoch")
    ask.add_argument("--news", type=float, default=0.0, help="share of made news pairs per epoch")
    ask.add_argument("--no-align", action="store_true")
    ask.add_argument("--no-match", action="store_true")
    ask.add_argument("--dropout", type=float, default=0.0, help="in the encoder's layers")
    ask.add_argument("--resume", action="store_true")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--seed", type=int, default=7)
    args = ask.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(Path(args.encoder) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    rows, dev = read(args.data / "train.jsonl.gz"), read(args.data / "dev.jsonl.gz")
    random.Random(3).shuffle(rows)
    if args.limit:
        rows = rows[: args.limit]
    match = not args.no_match

    def encode(row: dict[str, str]) -> tuple[list[int], list[int]]:
        return encode_pair(tokenizer, row["evidence"], row["claim"], match=match)

    encoded = [encode(r) for r in rows]
    random.Random(4).shuffle(dev)
    dev_small = dev[:3000]
    dev_codes = [encode(r) for r in dev]
    net = from_encoder(args.encoder, align=not args.no_align, dropout=args.dropout)
    if args.start:
        net.load_state_dict(torch.load(args.start, weights_only=True))
    net.train()
    parameter_groups = groups(net, args.rate, args.head_rate, args.decay)
    optimiser = torch.optim.AdamW(
        parameter_groups, weight_decay=0.01, fused=True, betas=(0.9, 0.98)
    )
    made_per_epoch = int(len(rows) * args.augment)
    news_per_epoch = int(len(rows) * args.news)
    steps = math.ceil((len(rows) + made_per_epoch + news_per_epoch) / args.batch) * args.epochs
    average = {k: v.detach().clone() for k, v in net.state_dict().items()}
    step, first, spent_before, opened = 0, 0, 0.0, time.time()
    checkpoint = args.out / "checkpoint.pt"
    if args.resume and checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=True)
        net.load_state_dict(kept["net"])
        optimiser.load_state_dict(kept["optimiser"])
        average, first, spent_before = kept["average"], kept["step"], kept["spent"]
    maker = Maker(rows)
    labels = [LABELS.index(r["label"]) for r in rows]
    weights = [WEIGHTS.get(r["source"], 1.0) for r in rows]
    began, seen, total = time.time(), 0, 0.0
    for epoch in range(args.epochs):
        rng = random.Random(args.seed * 100 + epoch)
        if first >= (epoch + 1) * (steps // args.epochs):
            step = (epoch + 1) * (steps // args.epochs)
            continue
        made = maker.make(made_per_epoch, rng) + news_pairs.make(news_per_epoch, rng)
        codes = encoded + [encode(r) for r in made]
        gold = labels + [LABELS.index(r["label"]) for r in made]
        importance = weights + [1.0] * len(made)
        lengths = [len(ids) for ids, _ in codes]
        for part in batches(list(range(len(codes))), lengths, args.batch, rng):
            step += 1
            if step <= first:
                continue
            spent = spent_before + (time.time() - opened) / 60
            done = max(step / steps, spent / args.minutes if args.minutes else 0)
            ramp = min(1.0, step / 500) * max(0.01, 1 - done)
            for g in optimiser.param_groups:
                g["lr"] = g["top"] * ramp
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = net(*collate([codes[k] for k in part])).float()
            loss = torch.nn.functional.cross_entropy(
                logits,
                torch.tensor([gold[k] for k in part]),
                label_smoothing=args.smooth,
                reduction="none",
            )
            loss = (loss * torch.tensor([importance[k] for k in part])).mean()
            ended = step == steps or done >= 1
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            keep = min(0.999, (step + 1) / (step + 20))
            with torch.no_grad():
                for k, v in net.state_dict().items():
                    if v.is_floating_point() and "word_embeddings" not in k:
                        average[k].lerp_(v, 1 - keep)
            seen += len(part)
            total += float(loss.detach()) * len(part)
            if step % 100 == 0:
                print(
                    f"step {step}/{steps} loss {total / seen:.3f} "
                    f"{seen / (time.time() - began):.0f} pairs/s",
                    flush=True,
                )
                total, seen, began = 0.0, 0, time.time()
            if step % args.check == 0 or ended:
                last = ended
                now = {k: v.detach().clone() for k, v in net.state_dict().items()}
                net.load_state_dict(average)
                scores = evaluate(net, dev if last else dev_small, dev_codes)
                net.load_state_dict(now)
                print(
                    f"dev@{step}", " ".join(f"{k}={v:.3f}" for k, v in scores.items()), flush=True
                )
                began = time.time()
            if step % args.save == 0 or ended:
                torch.save(
                    {
                        "net": net.state_dict(),
                        "optimiser": optimiser.state_dict(),
                        "average": average,
                        "step": step,
                        "spent": spent,
                    },
                    checkpoint,
                )
                torch.save(average, args.out / "average.pt")
            if ended:
                return
    print("done", args.out)


if __name__ == "__main__":
    main()
