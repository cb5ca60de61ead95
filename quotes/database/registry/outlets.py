"""Which outlet printed an article: by its name, else by the web address."""

from __future__ import annotations

from urllib.parse import urlsplit

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quotes.database.engine.models import Origin, Outlet
from quotes.database.registry.rows import free_slug
from quotes.english.folding import fold, slugify
from quotes.records import Article


class Outlets:
    """The stored outlets by every name and domain, kept in memory for many articles.

    ``merged`` are those (ids) that people say are another one.

    To be thrown away when a transaction is rolled back: it may know an outlet that is gone.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._load()

    def _load(self) -> None:
        self._by_name: dict[str, int] = {}
        self._by_domain: dict[str, int] = {}
        self._slugs: set[str] = set()
        self.merged: set[int] = set()
        for outlet in self._session.execute(
            select(
                Outlet.id,
                Outlet.slug,
                Outlet.name,
                Outlet.names,
                Outlet.domains,
                Outlet.merged_into,
            )
        ):
            self._slugs.add(outlet.slug)
            if outlet.merged_into is not None:
                self.merged.add(outlet.id)
            for name in (outlet.name, *outlet.names, *outlet.domains):
                self._by_name.setdefault(_fold(name), outlet.id)
            for domain in outlet.domains:
                self._by_domain.setdefault(domain.casefold(), outlet.id)

    def find(self, article: Article) -> int | None:
        """Return the outlet of an article: None if it is unknown, 0 if it is not stored."""
        folded = _fold(article.outlet or "")
        if not folded:
            return self._of_address(article.url) if article.url else None
        return self._by_name.get(folded, 0)

    def id_of(self, article: Article) -> int | None:
        """Return the outlet of an article, stored if its name is new; None if it is unknown."""
        if not _fold(article.outlet or ""):
            return self._of_address(article.url) if article.url else None
        return self.named(article.outlet or "", "article")

    def known(self, name: str) -> int | None:
        """Return the outlet of this name, in whatever spelling; None if there is none."""
        return self._by_name.get(_fold(name))

    def named(self, name: str, origin: Origin = "person") -> int:
        """Return the outlet of this name, stored (with ``origin``) if it is new."""
        folded = _fold(name)
        if folded not in self._by_name:
            self._load()  # another program may have stored it
        if folded not in self._by_name:
            self._by_name[folded] = self._insert(name, origin)
        return self._by_name[folded]

    def _of_address(self, url: str) -> int | None:
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return None
        labels = host.casefold().split(".")
        parents = (".".join(labels[at:]) for at in range(len(labels) - 1))
        return next((self._by_domain[part] for part in parents if part in self._by_domain), None)

    def _insert(self, name: str, origin: Origin) -> int:
        slug = free_slug(slugify(name), self._slugs)
        self._slugs.add(slug)
        row = {"slug": slug, "name": name.strip(), "names": [], "domains": [], "origin": origin}
        return self._session.scalars(insert(Outlet).values(row).returning(Outlet.id)).one()


def _fold(name: str) -> str:
    return fold(name).removeprefix("the ").removeprefix("www ")
