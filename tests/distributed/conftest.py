from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from made import as_extracted

from quotes.distributed.batches import Batch
from quotes.distributed.files import Folder
from quotes.distributed.local import Local
from quotes.records import ExtractedArticle

MakeBatch = Callable[..., Batch]


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    """A batch without anything in it, in this process."""
    return make_batch(tmp_path / "batch")


@pytest.fixture
def extracted(tmp_path: Path) -> Callable[[Iterable[ExtractedArticle]], Batch]:
    """Makes a batch of extracted articles, in this process."""

    def make(articles: Iterable[ExtractedArticle], name: str = "batch") -> Batch:
        batch = make_batch(tmp_path / name)
        as_extracted(batch, articles)
        return batch

    return make


def make_batch(folder: Path, jobs: int = 0) -> Batch:
    """Return a batch in a folder, with the local engine."""
    engine = Local(jobs, folder / "_work")
    engine.parts = 3
    return Batch(Folder(str(folder)), lambda: engine, lambda _: None)
