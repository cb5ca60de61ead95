"""Which outlet printed an article: by its name, else by the web address."""

from __future__ import annotations

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from quotes.database.engine.models import Judgement, Origin, Outlet
from quotes.database.registry.rows import free_slug
from quotes.english.folding import slugify
from quotes.outlets import OutletNames, folded_name
from quotes.records import Article


class Outlets:
    """The stored outlets by every name and domain, kept in memory for many articles.

    ``merged`` are those (ids) that people say are another one; ``marked`` tells whether they
    say of any where its words come from.

    To be thrown away when a transaction is rolled back: it may know an outlet that is gone.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._judged: int | None = None
        self._forget()
        self._catch_up()

    def _forget(self) -> None:
        self._names = OutletNames[int]()
        self._slugs: set[str] = set()
        self.merged: set[int] = set()
        self.marked = False
        self._last = 0

    def _catch_up(self) -> None:
        """Read what was stored since; all again where people gave names meanwhile."""
        judged = self._session.scalar(select(func.max(Judgement.id)))
        if judged != self._judged:
            self._forget()
        self._judged = judged
        columns = (Outlet.id, Outlet.slug, Outlet.name, Outlet.names, Outlet.domains)
        said = (Outlet.merged_into, Outlet.provenance)
        query = select(*columns, *said).where(Outlet.id > self._last)
        for outlet in self._session.execute(query.order_by(Outlet.id)):
            self._slugs.add(outlet.slug)
            if outlet.merged_into is not None:
                self.merged.add(outlet.id)
            self.marked |= outlet.provenance is not None
            self._names.add(outlet.id, (outlet.name, *outlet.names), outlet.domains)
            self._last = outlet.id

    def find(self, article: Article) -> int | None:
        """Return the outlet of an article: None if it is unknown, 0 if it is not stored."""
        if folded_name(article.outlet or ""):
            return self._names.named(article.outlet or "") or 0
        return self._names.at(article.url) if article.url else None

    def id_of(self, article: Article) -> int | None:
        """Return the outlet of an article, stored if its name is new; None if it is unknown."""
        if folded_name(article.outlet or ""):
            return self.named(article.outlet or "", "article")
        return self._names.at(article.url) if article.url else None

    def known(self, name: str) -> int | None:
        """Return the outlet of this name, in whatever spelling; None if there is none."""
        return self._names.named(name)

    def named(self, name: str, origin: Origin = "person") -> int:
        """Return the outlet of this name, stored (with ``origin``) if it is new."""
        if (found := self._names.named(name)) is not None:
            return found
        self._catch_up()  # another program may have stored it
        if (found := self._names.named(name)) is not None:
            return found
        added = self._insert(name, origin)
        self._names.add(added, [name])
        return added

    def _insert(self, name: str, origin: Origin) -> int:
        slug = free_slug(slugify(name), self._slugs)
        self._slugs.add(slug)
        row = {"slug": slug, "name": name.strip(), "names": [], "domains": [], "origin": origin}
        return self._session.scalars(insert(Outlet).values(row).returning(Outlet.id)).one()
