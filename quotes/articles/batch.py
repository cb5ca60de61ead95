"""READ FIRST: the loop over all inputs of a run.

Where several sources tell the same fact about an article, the first of these counts:

1. ``defaults``: what the user says on the command line;
2. the article's own front matter, or the columns of its row;
3. the sidecar ``articles.tsv`` or ``articles.csv`` in its folder, then the one in the folder above;
4. what the archive or the server that it came from says;
5. what the HTML page declares;
6. what is guessed: by its address, a date in the file's name, a column that only hints at it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from quotes.articles.account import Account
from quotes.articles.dates import date_in_name, date_in_url, is_ambiguous
from quotes.articles.decode import MAX_BYTES
from quotes.articles.draft import Draft, Reading
from quotes.articles.inputs import find_inputs, is_address, matches, path_name
from quotes.articles.markup import is_page
from quotes.articles.metadata import NOTHING, Metadata, outlet_from_url, web_address
from quotes.articles.readers import webpage
from quotes.articles.registry import READERS, UnknownFormatError, choose, known_suffixes
from quotes.articles.repair import repair
from quotes.articles.rows import Facts
from quotes.articles.sidecar import Sidecars
from quotes.articles.source import Source
from quotes.columns import Columns
from quotes.english.turns import is_transcript
from quotes.errors import ArticleError, FaultError, QuotesError
from quotes.records import Article, Form

if TYPE_CHECKING:
    from quotes.articles.web import Client

_DEEPEST = 4  # archives within archives
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/\d+(?:[a-z]{2}_)?/(https?://.+)")
_NO_DOMAINS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. ``only`` are patterns of file names in folders and archives (``*.txt``).

    ``delay`` is the number of seconds between two requests to one host of the web. ``transcript``
    says whether texts are transcripts; None: those that clearly are.
    """

    columns: Columns = field(default_factory=Columns)
    only: tuple[str, ...] = ()
    delay: float = 1.0
    transcript: bool | None = None


def read_articles(
    paths: Sequence[str],
    *,
    defaults: Metadata = NOTHING,
    on_error: Callable[[ArticleError], None],
    options: Options | None = None,
    domains: Mapping[str, str] = _NO_DOMAINS,
    account: Account | None = None,
    is_stored: Callable[[str, str], bool] = lambda _url, _hash: False,
) -> Iterator[Article]:
    """Yield the articles behind files, folders, tables and ``-`` (standard input), one by one.

    Whatever cannot be read goes to ``on_error`` and the rest goes on; nothing is raised for an
    input. ``domains`` (domain → outlet's name) names the outlet where only an address is known.
    ``account`` keeps what there is to tell when all is read. Pages of crawls of which ``is_stored``
    says so, given their address and the SHA-256 of their bytes, are counted and not read again.
    """
    options = options or Options()
    reading = Reading(options.columns, domains, account or Account(), is_stored)
    loop = _Loop(reading, options, defaults, on_error)
    for given in paths:
        yield from loop.articles(given)


def read_sources(
    sources: Iterable[Source],
    *,
    defaults: Metadata = NOTHING,
    on_error: Callable[[ArticleError], None],
    options: Options | None = None,
    domains: Mapping[str, str] = _NO_DOMAINS,
    account: Account | None = None,
) -> Iterator[Article]:
    """Yield the articles in sources, such as the pages that a feed leads to."""
    options = options or Options()
    reading = Reading(options.columns, domains, account or Account())
    loop = _Loop(reading, options, defaults, on_error)
    for source in sources:
        yield from loop.read(source)


def count_inputs(paths: Sequence[str]) -> int | None:
    """Return how many articles ``paths`` hold at most; None where only reading them would tell."""
    count = 0
    for given in paths:
        if is_address(given):
            count += 1
            continue
        for source in find_inputs(given, on_error=lambda _: None, on_skip=lambda *_: None):
            form = READERS.get(source.suffix)
            if source.path is None or (form.many if form else source.asked):
                return None
            count += form is not None or not source.suffix
    return count


class _Loop:
    """Reads one input after the other, each with whatever is in it."""

    def __init__(
        self,
        reading: Reading,
        options: Options,
        defaults: Metadata,
        on_error: Callable[[ArticleError], None],
    ) -> None:
        self._reading = reading
        self._options = options
        self._defaults = defaults
        self._on_error = on_error
        self._sidecars = Sidecars(options.columns, on_error)
        self._taken = 0
        self._client: Client | None = None

    def articles(self, given: str) -> Iterator[Article]:
        """Yield the articles behind a path; report it if it holds nothing and no other reason."""
        self._taken, silent = 0, True

        def report(error: ArticleError) -> None:
            nonlocal silent
            silent = False
            self._on_error(error)

        for source in self._sources(given, report):
            yield from self.read(source, report)
        if not self._taken and silent:
            wanted = f"put files in it that end in {known_suffixes()}"
            problem = f"holds no articles: {wanted if os.path.isdir(given) else 'check it'}"  # noqa: PTH112
            self._on_error(ArticleError(path_name(given), problem))

    def read(
        self, source: Source, report: Callable[[ArticleError], None] | None = None
    ) -> Iterator[Article]:
        """Yield the articles in a source and in all that it holds."""
        for draft, origin in self._drafts(source):
            try:
                yield self._article(self._whole(draft), origin)
            except ArticleError as error:
                (report or self._on_error)(error)
            except (QuotesError, ImportError):
                raise
            except Exception as error:
                (report or self._on_error)(FaultError.at(draft.where, error))

    def _sources(self, given: str, report: Callable[[ArticleError], None]) -> Iterator[Source]:
        """Yield what is behind a path, or at an address of the web."""
        if not is_address(given):
            yield from find_inputs(given, report, self._reading.account.skip)
            return
        from quotes.articles.web import Client, fetched

        self._client = self._client or Client(delay=self._options.delay)
        try:
            self._client.trust(given)
            yield from fetched(given, self._client)
        except ArticleError as error:
            report(error)

    def _drafts(self, source: Source) -> Iterator[tuple[Draft, Source]]:
        """Yield the texts in a source and in all that it holds, each with where it was."""
        if not source.asked and not matches(source, self._options.only):
            return
        before = self._taken
        try:
            for found in choose(source).read(source, self._reading):
                if isinstance(found, Source) and found.depth <= _DEEPEST:
                    yield from self._drafts(found)
                    continue
                self._taken += 1
                if isinstance(found, Draft):
                    yield found, source
                elif isinstance(found, Source):
                    self._on_error(ArticleError(found.name, "archives in archives: unpack them"))
                else:
                    self._on_error(found)
        except UnknownFormatError as error:
            if source.asked or source.suffix in READERS:
                self._taken += 1
                self._on_error(error)
            else:
                self._reading.account.skip(source.name, error.problem.partition(":")[0])
            return
        except ArticleError as error:
            self._taken += 1
            self._on_error(error)
        except (QuotesError, ImportError):
            raise
        except Exception as error:
            self._taken += 1
            self._on_error(FaultError.at(source.name, error))
        if self._taken == before and not source.asked:
            self._reading.account.skip(source.name, "holds no articles")

    def _whole(self, draft: Draft) -> Draft:
        """Return a draft with its text made whole; raises ArticleError where there is none."""
        read = draft.body
        if is_page(read):  # in a cell
            page = webpage.draft_of(read, draft.where, self._reading)
            draft = replace(draft, body=page.body, declared=page.declared)
        if problem := _problem(draft.body):
            raise ArticleError(draft.where, problem)
        repaired = repair(draft.body)
        for how in repaired.how:
            self._reading.account.remark(how, draft.where)
        if repaired.lost:
            self._reading.account.remark("characters that are lost (�) in the text", draft.where)
        original = None if repaired.text == read else read
        form = self._form(draft, repaired.text)
        return replace(draft, body=repaired.text, original=original, form=form)

    def _form(self, draft: Draft, text: str) -> Form:
        """Return whether a text is a transcript: as its format, the user or its layout says."""
        asked = self._options.transcript
        if asked is None and draft.form == "article" and is_transcript(text):
            self._reading.account.remark("read as a transcript", draft.where)
            return "transcript"
        return draft.form if asked is None else "transcript" if asked else "article"

    def _article(self, draft: Draft, source: Source) -> Article:
        """Return a draft as an article, with every fact from the best source of it."""
        beside = self._sidecars.lookup(source.path) if source.path else ()
        declared = _from_archive(draft.declared)
        known = self._defaults
        for layer in (draft.stated, *(facts.stated for facts in beside), source.known):
            known = known.or_else(_from_archive(layer))
        if declared.outlet and (url := known.url or declared.url):
            # "The Nation" is not the Daily Nation, "AP News" is the Associated Press.
            known = known.or_else(Metadata(outlet=outlet_from_url(url, self._reading.domains)))
        known = known.or_else(declared)
        guessed = self._guessed(known, draft, source, beside)
        for fact, (value, _) in guessed.items():
            known = replace(known, **{fact: value})
        account = self._reading.account
        account.add(known.known(), {fact: how for fact, (_, how) in guessed.items()})
        for unread in filter(None, (draft.unread, *(facts.unread for facts in beside))):
            if known.published is None:
                how = "has two readings" if is_ambiguous(unread) else "could not be read"
                account.remark(f"a date {how}", f"'{unread[:40]}' in {draft.where}")
                break
        return Article(
            source=draft.id or draft.where,
            body=draft.body,
            title=known.title,
            outlet=known.outlet,
            url=known.url,
            published=known.published,
            byline=known.byline,
            language=known.language,
            original=draft.original,
            raw_hash=draft.raw_hash,
            archived=known.archived,
            form=draft.form,
            provenance=known.provenance,
        )

    def _guessed(
        self, known: Metadata, draft: Draft, source: Source, beside: Sequence[Facts]
    ) -> dict[str, tuple[Any, str]]:
        """Return what can be guessed of the facts that are not known, and how each was."""
        guesses: list[tuple[str, Any, str]] = []
        hints = [draft.hinted, *(facts.hinted for facts in beside)]
        if known.url:
            outlet = outlet_from_url(known.url, self._reading.domains)
            guesses.append(("outlet", outlet, "from the web address"))
            guesses.append(("published", date_in_url(known.url), "from the web address"))
        if source.path and not _is_many(source):
            day = date_in_name(PurePath(source.name).name)
            guesses.append(("published", day, "from the file's name"))
        for fact, (value, how) in ((f, h) for hint in hints for f, h in hint.items()):
            if fact == "outlet":
                value = outlet_from_url(f"//{value}", self._reading.domains) or value
            guesses.append((fact, value, how))
        found: dict[str, tuple[Any, str]] = {}
        for fact, value, how in guesses:
            if value is not None and getattr(known, fact) is None:
                found.setdefault(fact, (value, how))
        return found


def _from_archive(known: Metadata) -> Metadata:
    """Return facts with the page's own address, where only that of its copy is known."""
    match = _WAYBACK.match(known.url or "")
    if match and (url := web_address(match[1])):
        return replace(known, url=url, archived=known.archived or known.url)
    return known


def _is_many(source: Source) -> bool:
    """Whether a source's name says that it holds many articles."""
    form = READERS.get(source.suffix)
    return form is not None and form.many


def _problem(body: str) -> str | None:
    if not body.strip():
        return "holds no text: nothing to read"
    if len(body) > MAX_BYTES:
        return f"is longer than {MAX_BYTES // 1_000_000} MB: split it into its articles"
    if "\0" in body:
        return "is not text (it holds NUL characters): convert it to plain text first"
    try:
        body.encode()
    except UnicodeEncodeError:
        return "holds halves of Unicode characters: save it as UTF-8 again"
    return None
