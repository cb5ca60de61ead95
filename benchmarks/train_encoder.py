"""Fine-tune the encoder that gives a second opinion on who said a quotation.

usage: python benchmarks/train_encoder.py EXAMPLES MINILM -o FOLDER [--fold N]

EXAMPLES is what ``benchmarks/encoder_examples.py`` wrote, MINILM what
``benchmarks/encoder_pieces.py`` did. Training can be stopped at any time and goes on where it was
when it is started again; the same seed gives the same weights on the same machine. With ``--fold``
the articles of one of five folds are held out, and the scores of their candidates written beside
the weights.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from encoder_data import Corpus, Example, Query
from encoder_folds import FOLDS, fold_of
from encoder_network import (
    Network,
    batch_of,
    candidate_scores,
    loss_of,
    pretrained,
    vocabulary_of,
)

from quotes.english.wordpieces import WordPieces

BATCH = 6
RATE, HEAD_RATE, DECAY, WARM_UP = 8e-5, 5e-4, 0.01, 0.06
POINTER = 0.3
SAVE_EVERY = 50


def batches(examples: Sequence[Example], size: int) -> list[list[Example]]:
    """Return batches of examples of about one length, in random order."""
    found = []
    for k in range(0, len(examples), size * 32):
        lot = sorted(examples[k : k + size * 32], key=lambda e: len(e.ids))
        found += [lot[i : i + size] for i in range(0, len(lot), size)]
    random.Random(len(examples)).shuffle(found)
    return found


def optimizer_of(network: Network) -> torch.optim.AdamW:
    """Return AdamW with a faster rate for what is new."""
    new = ("piece.", "quotation.", "product.", "asks.", "answers.", "score.", "outside")
    parts: dict[bool, list[Any]] = {True: [], False: []}
    for name, weights in network.named_parameters():
        if weights.requires_grad:
            parts[name.startswith(new)].append(weights)
    groups = [{"params": parts[False], "lr": RATE}, {"params": parts[True], "lr": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=DECAY)


def slope(step: int, total: int) -> float:
    """Return the share of the learning rate at a step: up for a little, then down to nothing."""
    warm = max(1, int(WARM_UP * total))
    return min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))


def train(
    network: Network, epochs: Sequence[Sequence[list[Example]]], place: Path, pointer: float
) -> None:
    """Train a network over batches; the state is kept in ``place`` and taken up again."""
    optimizer = optimizer_of(network)
    plan = [batch for epoch in epochs for batch in epoch]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: slope(k, len(plan)))
    begun = 0
    state = place / "state.pt"
    if state.exists():
        stored = torch.load(state, weights_only=True)
        network.load_state_dict(stored["network"])
        optimizer.load_state_dict(stored["optimizer"])
        schedule.load_state_dict(stored["schedule"])
        begun = stored["step"]
    network.train()
    total = 0.0
    clock, wall = time.process_time(), time.time()
    for step in range(begun, len(plan)):
        torch.manual_seed(step)
        loss = loss_of(network, batch_of(plan[step]), pointer)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        total += float(loss.detach())
        if (step + 1) % SAVE_EVERY == 0 or step + 1 == len(plan):
            cpu, real = time.process_time() - clock, time.time() - wall
            print(
                f"step {step + 1}/{len(plan)} loss {total / SAVE_EVERY:.4f} "
                f"cpu {cpu:.0f} s wall {real:.0f} s",
                flush=True,
            )
            total = 0.0
            keep = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
            keep |= {"schedule": schedule.state_dict(), "step": step + 1}
            torch.save(keep, state.with_suffix(".new"))
            state.with_suffix(".new").rename(state)


def scored(
    network: Network, examples: Sequence[Example]
) -> Iterator[tuple[Query, list[float], float]]:
    """Yield what was asked, the log-probability of each candidate and the log-odds of speech."""
    network.eval()
    with torch.no_grad():
        for k in range(0, len(examples), BATCH):
            batch = batch_of(examples[k : k + BATCH])
            found, spoken = network(*batch.inputs)
            for row, e in enumerate(batch.examples):
                for j, query in enumerate(e.queries):
                    scores: list[float] = []
                    if query.candidates:
                        mentions = candidate_scores(network, found[row, j], query)
                        scores = [round(float(x), 4) for x in torch.log_softmax(mentions, dim=0)]
                    yield query, scores, round(float(spoken[row, j]), 4)


def main() -> None:
    """Train, and write weights and scores."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("examples", type=Path)
    parser.add_argument("minilm", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--fold", type=int, choices=range(FOLDS))
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pointer", type=float, default=POINTER)
    parser.add_argument("--plain", action="store_true", help="no other layouts and names")
    given = parser.parse_args()
    given.output.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(given.seed)
    vocabulary = WordPieces(vocabulary_of(given.minilm))
    corpus = Corpus(given.examples)
    seen, held = fold_of(len(corpus.articles("original")), given.fold)
    epochs = []
    for epoch in range(given.epochs):
        seed = 100 * given.seed + epoch
        if given.plain:
            made = corpus.plain(seen, vocabulary)
            random.Random(seed).shuffle(made)
        else:
            indirect = given.pointer > 0
            made = corpus.epoch(seen, vocabulary, seed, indirect=indirect, packed=indirect)
        epochs.append(batches(made, BATCH))
        queries = [q for e in made for q in e.queries]
        direct = sum(bool(q.candidates) for q in queries)
        print(f"epoch {epoch}: {len(made)} windows, {direct} of {len(queries)} direct", flush=True)
    corpus.layouts = {"original": corpus.layouts["original"]}
    network = pretrained(given.minilm, given.layers)
    train(network, epochs, given.output, given.pointer)
    torch.save(network.state_dict(), given.output / "network.pt")
    for layout in ("original", "flat") if held else ():
        right = total = 0
        with (given.output / f"held-{layout}.jsonl").open("w", encoding="utf-8") as file:
            for query, scores, spoken in scored(network, corpus.plain(held, vocabulary, layout)):
                if scores:
                    total += 1
                    right += query.right[max(range(len(scores)), key=scores.__getitem__)]
                row = {"key": query.key, "scores": scores}
                file.write(json.dumps(row | {"spoken": spoken, "speech": query.speech}) + "\n")
        print(f"held out, {layout}: {total} quotations, {right / total:.4f} right", flush=True)


if __name__ == "__main__":
    main()
