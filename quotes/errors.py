"""One tree of exceptions. Every message names the input and says what to do next, in one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

INTERRUPTED = 130
"""Exit status after Ctrl-C: 128 and the number of the signal, as shells have it."""
TOO_LITTLE_MEMORY = "there is too little memory: end other programs, and run the command again"
_LONGEST_TOLD = 200
"""Characters of another program's message that are passed on."""


class _Bearer(Protocol):
    """Somebody whom a name may mean."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def quotes(self) -> int: ...


class QuotesError(Exception):
    """Base of every error that the library raises on purpose.

    ``exit_code`` is the exit status on the command line. Errors pass from process to process.
    """

    exit_code = 1


class UsageError(QuotesError):
    """The request itself is wrong (unknown speaker, bad option value); exit status 2."""

    exit_code = 2


class UnknownError(UsageError):
    """What was asked for by name or number does not exist."""


class AmbiguousError(UsageError):
    """A name that several bear; ``candidates`` are they, the most quoted first."""

    def __init__(self, message: str, candidates: Sequence[_Bearer]) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.candidates)


class ArticleError(QuotesError):
    """An input could not be read as an article. The rest of a batch goes on without it.

    ``source`` is the input as the user named it (with a line number for tables).
    """

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source
        self.problem = problem

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.source, self.problem)


class FaultError(ArticleError):
    """A fault of this program that showed at one article; ``trace`` is the traceback."""

    def __init__(self, source: str, problem: str, trace: str = "") -> None:
        super().__init__(source, problem)
        self.trace = trace

    @classmethod
    def at(cls, source: str, error: BaseException) -> ArticleError:
        """Return what a batch reports where ``error`` arose at the article ``source``."""
        import traceback

        if isinstance(error, MemoryError):
            return ArticleError(source, TOO_LITTLE_MEMORY)
        told = " ".join(f"{type(error).__name__}: {error}".split())
        told = told if len(told) <= _LONGEST_TOLD else f"{told[:_LONGEST_TOLD]}…"
        return cls(
            source,
            f"a fault in quotes ({told}), not in the text: --debug shows where; please report it",
            "".join(traceback.format_exception(error)),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.source, self.problem, self.trace)


class InstallationError(QuotesError):
    """A package that the program needs is missing or cannot be imported; no input is at fault."""

    def __init__(self, error: ImportError) -> None:
        package = (error.name or "").partition(".")[0]
        reason = " ".join(str(error).split())
        if package and isinstance(error, ModuleNotFoundError):
            problem = f"the package '{package}' is not installed"
        else:
            problem = f"the package '{package}'" if package else "a package"
            problem += f" is missing or broken ({reason})"
        super().__init__(f"{problem}: install it with pip, or reinstall quotes")
        self._error = error

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._error,)


class ModelError(QuotesError):
    """A spaCy pipeline or a file of weights that comes with the program is missing or unusable."""


class DatabaseError(QuotesError):
    """The database cannot be opened, is locked, or has a newer schema than this program."""


class SeedError(QuotesError):
    """A seed or import file breaks its format."""
