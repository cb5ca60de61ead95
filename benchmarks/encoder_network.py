"""The network of the encoder in PyTorch: BERT's layers, and a score for every piece of a window.

MiniLM (Wang et al. 2020) is BERT (Devlin et al. 2019) with six layers of 384 units. The score of a
piece is that of a small head over its vector, the mean vector of the quotation's pieces, and their
product; the score of a mention is the mean over its pieces.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from encoder_data import Example, Query
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

from quotes.english.encoder import PIECES

UNITS, LAYERS, HEADS, WIDE, POSITIONS, HEAD = 384, 6, 12, 1536, 256, 128
SPEECH = 0.5
"""Weight of the loss of telling speech from what is none."""


class Layer(nn.Module):
    """One transformer layer: attention, then two dense layers, each with a residual and a norm."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.joined = (nn.Linear(UNITS, UNITS) for _ in range(4))
        self.wide, self.narrow = nn.Linear(UNITS, WIDE), nn.Linear(WIDE, UNITS)
        self.first_norm, self.second_norm = (nn.LayerNorm(UNITS, eps=1e-12) for _ in range(2))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return new vectors (batch, pieces, units); ``mask`` is added to the attention."""
        batch, length, _ = x.shape

        def heads(y: Tensor) -> Tensor:
            return y.view(batch, length, HEADS, UNITS // HEADS).transpose(1, 2)

        seen = F.scaled_dot_product_attention(
            heads(self.query(x)), heads(self.key(x)), heads(self.value(x)), attn_mask=mask
        )
        seen = self.joined(seen.transpose(1, 2).reshape(batch, length, UNITS))
        x = self.first_norm(x + self.dropout(seen))
        return self.second_norm(x + self.dropout(self.narrow(F.gelu(self.wide(x)))))


class Network(nn.Module):
    """Windows of pieces in, a score a piece out."""

    def __init__(self, words: int, layers: int = LAYERS, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(words, UNITS)
        self.positions = nn.Embedding(POSITIONS, UNITS)
        self.types = nn.Embedding(2, UNITS)
        self.norm = nn.LayerNorm(UNITS, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))
        self.dropout = nn.Dropout(dropout)
        self.piece, self.quotation, self.product = (nn.Linear(UNITS, HEAD) for _ in range(3))
        self.asks, self.answers = (nn.Linear(UNITS, HEAD) for _ in range(2))
        self.score = nn.Linear(HEAD, 1)
        self.kind, self.spoken = nn.Linear(UNITS, HEAD), nn.Linear(HEAD, 1)
        self.outside = nn.Parameter(torch.zeros(()))

    def forward(
        self, ids: Tensor, quoted: Tensor, attended: Tensor, asked: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Return the score of each piece as a source, and the log-odds that a quotation is speech.

        The former is (batch, questions, pieces), the latter (batch, questions).

        ``ids`` (batch, pieces) are numbers of pieces, ``quoted`` 1 inside quotations and 0 outside,
        ``attended`` 1 for pieces and 0 for padding. ``asked`` (batch, questions, pieces) weighs the
        pieces of the quotation that each question is about; its rows sum to 1.
        """
        places = torch.arange(ids.shape[1])
        x = self.words(ids) + self.positions(places) + self.types(quoted)
        x = self.dropout(self.norm(x))
        mask = (1.0 - attended.to(x.dtype))[:, None, None, :] * -10000.0
        for layer in self.layers:
            x = layer(x, mask)
        question = asked @ x
        product = x[:, None] * question[:, :, None]
        mixed = (
            self.piece(x)[:, None] + self.quotation(question)[:, :, None] + self.product(product)
        )
        fit = self.asks(question) @ self.answers(x).transpose(1, 2) / HEAD**0.5
        scores: Tensor = self.score(F.gelu(self.dropout(mixed)))[..., 0] + fit
        spoken: Tensor = self.spoken(F.gelu(self.dropout(self.kind(question))))[..., 0]
        return scores, spoken


def vocabulary_of(folder: Path) -> list[str]:
    """Return the pieces that ``benchmarks/encoder_pieces.py`` kept."""
    return (folder / PIECES).read_text(encoding="utf-8").split("\n")


def pretrained(folder: Path, layers: int = LAYERS) -> Network:
    """Return the network with MiniLM's weights, for the pieces that were kept.

    ``folder`` is what ``benchmarks/encoder_pieces.py`` wrote.
    """
    stored = load_file(folder / "model.safetensors")
    numbers = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    rows = [numbers[piece] for piece in vocabulary_of(folder)]
    network = Network(len(rows), layers)
    with torch.no_grad():
        network.words.weight.copy_(stored["embeddings.word_embeddings.weight"][rows])
        network.positions.weight.copy_(stored["embeddings.position_embeddings.weight"][:POSITIONS])
        network.types.weight.copy_(stored["embeddings.token_type_embeddings.weight"])
        _copy(network.norm, stored, "embeddings.LayerNorm")
        chosen = [round(i * (LAYERS - 1) / max(1, layers - 1)) for i in range(layers)]
        for number, layer in zip(chosen, network.layers, strict=True):
            place = f"encoder.layer.{number}"
            for name, part in (
                ("query", "attention.self.query"),
                ("key", "attention.self.key"),
                ("value", "attention.self.value"),
                ("joined", "attention.output.dense"),
                ("first_norm", "attention.output.LayerNorm"),
                ("wide", "intermediate.dense"),
                ("narrow", "output.dense"),
                ("second_norm", "output.LayerNorm"),
            ):
                _copy(getattr(layer, name), stored, f"{place}.{part}")
    network.words.weight.requires_grad_(False)
    return network


def _copy(module: nn.Module, stored: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(stored[f"{name}.weight"])  # type: ignore[operator, union-attr]
    module.bias.copy_(stored[f"{name}.bias"])  # type: ignore[operator, union-attr]


@dataclass
class Batch:
    """Examples side by side, padded to the longest."""

    inputs: tuple[Tensor, Tensor, Tensor, Tensor]
    examples: Sequence[Example]


def batch_of(examples: Sequence[Example]) -> Batch:
    """Return examples as one batch."""
    shape = len(examples), max(len(e.ids) for e in examples)
    ids, quoted, attended = (torch.zeros(shape, dtype=torch.long) for _ in range(3))
    asked = torch.zeros(shape[0], max(len(e.queries) for e in examples), shape[1])
    for row, e in enumerate(examples):
        ids[row, : len(e.ids)] = torch.tensor(e.ids)
        attended[row, : len(e.ids)] = 1
        quoted[row, list(e.quoted)] = 1
        for k, query in enumerate(e.queries):
            asked[row, k, list(query.quotation)] = 1 / len(query.quotation)
    return Batch((ids, quoted, attended, asked), examples)


def candidate_scores(network: Network, scores: Tensor, query: Query) -> Tensor:
    """Return the score of each candidate, given those of the pieces: the mean of its own."""
    return torch.stack([scores[list(c)].mean() if c else network.outside for c in query.candidates])


def loss_of(network: Network, batch: Batch, pointer: float) -> Tensor:
    """Return the mean loss: of choosing among candidates, among all pieces, and of the kind."""
    scores, spoken = network(*batch.inputs)
    losses = []
    total = 0
    for row, e in enumerate(batch.examples):
        for k, query in enumerate(e.queries):
            total += bool(query.candidates)
            own = scores[row, k]
            if any(query.right):
                chances = F.log_softmax(candidate_scores(network, own, query), dim=0)
                losses.append(-torch.logsumexp(chances[torch.tensor(query.right)], dim=0))
            if query.source and pointer:
                chances = F.log_softmax(own[: len(e.ids)], dim=0)
                losses.append(-pointer * torch.logsumexp(chances[list(query.source)], dim=0))
            if query.speech is not None:
                label = torch.tensor(float(query.speech))
                losses.append(SPEECH * F.binary_cross_entropy_with_logits(spoken[row, k], label))
    if not losses:
        return scores.sum() * 0.0
    return torch.stack(losses).sum() / max(1, total)
