"""What Spark forks its Python processes from: imported here once is what each of them needs.

Spark starts it (``spark.python.daemon.module``) in place of its own, which imports nothing.
"""

from __future__ import annotations

import pandas  # noqa: F401 - pyarrow looks for it with the first list that it takes
import pyspark.worker  # noqa: F401
import spacy  # noqa: F401
from pyspark.daemon import manager

from quotes.distributed import merging, plan  # noqa: F401

if __name__ == "__main__":
    manager()
