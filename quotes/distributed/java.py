"""The Java that Spark needs: whether it is there, and what to do where it is not."""

from __future__ import annotations

import os
import re
import shutil
import subprocess  # nosec B404 - the program is found on the path, its arguments are ours
from pathlib import Path

LEAST = 17
"""What Spark 4 needs."""

_VERSION = re.compile(r'version "(?:1\.)?(\d+)')
_HOW = "docs/distributed.md says how to get it"


def problem() -> str | None:
    """Return what is wrong with the Java of this machine, in words; None if Spark can use it."""
    home = os.environ.get("JAVA_HOME")
    where = f"JAVA_HOME ({home})" if home else "this machine"
    program = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if program is None:
        return f"Spark needs Java {LEAST} or newer, and there is none here: {_HOW}"
    try:
        done = subprocess.run([program, "-version"], capture_output=True, check=False)  # noqa: S603 # nosec B603
    except OSError as error:
        return f"the Java of {where} cannot be run ({error.strerror}): {_HOW}"
    found = _VERSION.search((done.stderr + done.stdout).decode("utf-8", "replace"))
    if done.returncode or found is None:
        return f"the Java of {where} does not run: {_HOW}"
    if int(found[1]) < LEAST:
        return f"Spark needs Java {LEAST} or newer, {where} has Java {found[1]}: {_HOW}"
    return None
