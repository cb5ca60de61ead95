"""What Spark forks its Python processes from: imported here once is what each of them needs.

Spark starts it (``spark.python.daemon.module``) in place of its own, which imports nothing.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module

IMPORTS = "QUOTES_IMPORTS"
"""The variable that names what to import."""


def main() -> None:
    """Import everything, and fork whenever Spark asks for a process."""
    # Spark names its own archive first, whose modules Python would have to compile every time.
    sys.path.sort(key=lambda place: place.endswith(".zip"))
    import_module("pyspark.worker")
    with suppress(ImportError):  # nothing here needs it; pyarrow takes it wherever it is
        import_module("pandas")
    for name in os.environ.get(IMPORTS, "").split():
        import_module(name)
    gc.freeze()  # or each task would end in a search for garbage among all that
    import_module("pyspark.daemon").manager()


if __name__ == "__main__":
    main()
