"""What people say about articles and outlets: facts, removals, names, and which outlets are one.

============= ==================================================================================
edit          ``details`` holds facts of an article, or of ``outlet``: those that are named there
              hold from now on
remove        the article is not to count
rename-outlet ``value`` is the name of ``outlet`` (a slug, which stays) from now on
merge-outlet  everything of ``outlet`` is ``value``'s (a slug)
============= ==================================================================================

What articles and seed files say is never lost: ``found`` keeps it where something else holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, get_args

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from quotes.database.engine.bulk import batches
from quotes.database.engine.models import Article, Judgement, JudgementPlace, Outlet, stands
from quotes.database.judgements.standing import standing
from quotes.database.registry.outlets import Outlets
from quotes.english.folding import fold
from quotes.errors import UsageError
from quotes.records import EDITABLE, Provenance

READ_AGAIN = frozenset({"published", "byline"})
"""Facts by which an article is understood: who held an office, who is "I"."""
_SINGLE = ("title", "url", "byline", "language", "provenance")


def edit_row(session: Session, article: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the judgement that these facts (``EDITABLE``; None: unknown) hold of an article."""
    row = stored_article(session, article)
    given = {name: _plain(name, value) for name, value in facts.items()}
    if not given:
        raise UsageError(f"say what to change of a{article}, such as --published or --outlet")
    if row.removed:
        raise UsageError(f"a{article} is removed: `quotes judge log` has the number to undo")
    if given.get("outlet") and (known := _by_name(session, given["outlet"])):
        given["outlet"] = known.name
    if given == {name: _fact(session, row, name) for name in given}:
        raise UsageError(f"a{article} says so already: nothing to change")
    return {"kind": "edit", "details": given, **_about(row)}


def edit_outlet_row(session: Session, slug: str, provenance: str | None) -> dict[str, Any]:
    """Return the judgement about where the words of an outlet's articles come from."""
    row = stored_outlet(session, slug)
    provenance = provenance and _provenance(provenance)
    if row.provenance == provenance:
        raise UsageError(f"{slug} is marked so already: nothing to change")
    return {"kind": "edit", "outlet": slug, "details": {"provenance": provenance}}


def remove_row(session: Session, article: int) -> dict[str, Any]:
    """Return the judgement that an article is not to count."""
    row = stored_article(session, article)
    if row.removed:
        raise UsageError(
            f"a{article} is removed already: `quotes judge log` has the number to undo"
        )
    return {"kind": "remove", **_about(row)}


def rename_outlet_row(session: Session, slug: str, name: str) -> dict[str, Any]:
    """Return the judgement that gives an outlet another name."""
    row, name = stored_outlet(session, slug), _clean(name)
    if row.name == name:
        raise UsageError(f"{slug} is called '{name}' already")
    other = _by_name(session, name)
    if other is not None and other.id != row.id:
        raise UsageError(
            f"'{name}' is the outlet {other.slug}: `quotes outlets merge {slug} {other.slug}` "
            "says that both are one"
        )
    return {"kind": "rename-outlet", "outlet": slug, "value": name}


def merge_outlet_row(session: Session, slug: str, into: str) -> dict[str, Any]:
    """Return the judgement that everything of outlet ``slug`` is ``into``'s."""
    stored_outlet(session, slug), stored_outlet(session, into)
    merged = merged_outlets(session)
    wanted, into = into, merged.get(into, into)
    if slug in (into, wanted):
        raise UsageError(f"{slug} cannot be merged into itself: name two outlets")
    if slug in merged:
        raise UsageError(
            f"{slug} is merged into {merged[slug]} already: undo that first; `quotes judge log` "
            "has the number"
        )
    return {"kind": "merge-outlet", "outlet": slug, "value": into}


def refuse_conflicts(session: Session, rows: Iterable[Judgement]) -> None:
    """Raise UsageError if judgements that are to hold again contradict later ones."""
    direct = _direct(session)
    for row in rows:
        if row.kind == "merge-outlet" and direct.get(str(row.outlet)) != row.value:
            raise UsageError(
                f"{row.outlet} is merged into {direct[str(row.outlet)]} meanwhile: undo that first"
            )
        if row.kind == "merge-outlet" and row.outlet not in merged_outlets(session):
            raise UsageError(f"{row.value} is merged into {row.outlet} meanwhile: undo that first")


def stored_article(session: Session, number: int) -> Article:
    """Return the stored article; raises UsageError if there is none."""
    row = session.get(Article, number)
    if row is None:
        raise UsageError(f"there is no article a{number}; see `quotes articles list`")
    return row


def stored_outlet(session: Session, slug: str) -> Outlet:
    """Return the stored outlet; raises UsageError if there is none."""
    row = session.scalar(select(Outlet).where(Outlet.slug == slug))
    if row is None:
        raise UsageError(f"no outlet '{slug}' is known; see `quotes outlets list`")
    return row


def articles_of(session: Session, rows: Iterable[Judgement]) -> set[int]:
    """Return the articles whose facts may hang on these judgements."""
    rows = list(rows)
    numbers = [row.id for row in rows if row.kind in ("edit", "remove")]
    query = select(JudgementPlace.article_id).where(JudgementPlace.judgement_id.in_(numbers))
    found = set(session.scalars(query)) if numbers else set()
    slugs = {slug for row in rows if row.outlet for slug in (row.outlet, row.value) if slug}
    if slugs:
        ids = set(session.scalars(select(Outlet.id).where(Outlet.slug.in_(slugs))))
        kept = select(Article.id, Article.outlet_id, Article.found).where(
            or_(Article.outlet_id.in_(ids), Article.found.is_not(None))
        )
        found |= {
            row.id
            for row in session.execute(kept)
            if row.outlet_id in ids or (row.found or {}).get("outlet_id") in ids
        }
    return found


def apply_sources(session: Session, rows: Iterable[Judgement]) -> set[int]:
    """Bring outlets and articles up to what these judgements say, or said.

    Returns the articles (ids) that have to be extracted again.
    """
    rows = list(rows)
    slugs = {row.outlet for row in rows if row.outlet}
    if not slugs and not any(row.kind in ("edit", "remove") for row in rows):
        return set()
    apply_outlets(session, slugs)
    again = apply_facts(session, articles_of(session, rows))
    _forget_unused(session)
    return again


def apply_outlets(session: Session, slugs: Collection[str] | None = None) -> None:
    """Bring outlets (all of them by default) up to the standing judgements."""
    names: dict[str, list[str]] = defaultdict(list)
    for judgement in standing(session, "rename-outlet"):
        names[str(judgement.outlet)].append(str(judgement.value))
    marks = {row.outlet: row.details or {} for row in standing(session, "edit") if row.outlet}
    merged = merged_outlets(session)
    outlets = {row.slug: row for row in session.scalars(select(Outlet))}
    concerned = {*names, *marks} if slugs is None else {*slugs}
    concerned |= {*merged, *(slug for slug, row in outlets.items() if row.merged_into)}
    for slug in concerned & outlets.keys():
        row = outlets[slug]
        found = row.found or {"name": row.name, "names": row.names}
        if given := names[slug]:
            spelled = dict.fromkeys([found["name"], *found["names"], *given])
            row.name, row.found = given[-1], found
            row.names = [name for name in spelled if name != row.name]
        else:
            row.name, row.names, row.found = found["name"], found["names"], None
        row.merged_into = outlets[merged[slug]].id if slug in merged else None
        row.provenance = marks.get(slug, {}).get("provenance")
    session.flush()


def apply_facts(session: Session, articles: Collection[int]) -> set[int]:
    """Bring articles up to the standing judgements on them and on their outlets.

    Returns those (ids) whose date or author is another one now.
    """
    again = set()
    outlets: Outlets | None = None
    into = select(Outlet.id, Outlet.merged_into).where(Outlet.merged_into.is_not(None))
    merged = {row.id: row.merged_into for row in session.execute(into)}
    for part in batches(articles):
        said = _said(session, part)
        for row in session.scalars(select(Article).where(Article.id.in_(part))):
            found = row.found or _read(row)
            now, removed = dict(found), False
            for judgement in said[row.id]:
                removed |= judgement.kind == "remove"
                now |= judgement.details or {} if judgement.kind == "edit" else {}
            if "outlet" in now:
                outlets = outlets or Outlets(session)
                name = now.pop("outlet")
                now["outlet_id"] = outlets.named(name) if name else None
            now["outlet_id"] = merged.get(now["outlet_id"], now["outlet_id"])
            if any(now[name] != was for name, was in _read(row).items() if name in READ_AGAIN):
                again.add(row.id)
            _write(session, row, now, removed)
            row.found = None if now == found else found
        session.flush()
    return again


def merged_outlets(session: Session) -> dict[str, str]:
    """Return, for every outlet (slug) that people merged, into which in the end."""
    direct = _direct(session)
    merged = {}
    for slug in direct:
        into, seen = direct[slug], {slug}
        while into in direct and into not in seen:
            seen.add(into)
            into = direct[into]
        if into not in seen:
            merged[slug] = into
    return merged


def _direct(session: Session) -> dict[str, str]:
    return {str(row.outlet): str(row.value) for row in standing(session, "merge-outlet")}


def _said(session: Session, articles: Collection[int]) -> dict[int, list[Judgement]]:
    """Return the standing judgements on articles (ids), in order."""
    query = (
        select(JudgementPlace.article_id, Judgement)
        .join(Judgement, Judgement.id == JudgementPlace.judgement_id)
        .where(JudgementPlace.article_id.in_(articles), stands())
        .where(Judgement.kind.in_(("edit", "remove")))
        .order_by(Judgement.id)
    )
    found: dict[int, list[Judgement]] = defaultdict(list)
    for article, judgement in session.execute(query):
        found[article].append(judgement)
    return found


def _read(row: Article) -> dict[str, Any]:
    """Return the facts of an article, as ``found`` keeps them."""
    return {
        "outlet_id": row.outlet_id,
        "published": row.published.isoformat() if row.published else None,
        **{name: getattr(row, name) for name in _SINGLE},
    }


def _write(session: Session, row: Article, now: Mapping[str, Any], removed: bool) -> None:
    if now["url"] is not None and now["url"] != row.url:
        same = select(Article.id).where(
            Article.url == now["url"], Article.version == row.version, Article.id != row.id
        )
        if other := session.scalar(same):
            raise UsageError(
                f"a{other} has the address {now['url']}: edit or remove that one first"
            )
    row.removed = removed
    row.published = date.fromisoformat(now["published"]) if now["published"] else None
    for name in ("outlet_id", *_SINGLE):
        setattr(row, name, now[name])


def _forget_unused(session: Session) -> None:
    """Delete the outlets that only an edit had made and nothing needs any more."""
    made = set(session.scalars(select(Outlet.id).where(Outlet.origin == "person")))
    if not made:
        return
    made -= set(session.scalars(select(Article.outlet_id).where(Article.outlet_id.in_(made))))
    made -= set(session.scalars(select(Outlet.merged_into).where(Outlet.merged_into.in_(made))))
    kept = select(Article.found).where(Article.found.is_not(None))
    made -= {(found or {}).get("outlet_id") for found in session.scalars(kept)}
    said = standing(session, "rename-outlet", "merge-outlet", "edit")
    slugs = {slug for row in said for slug in (row.outlet, row.value)}
    session.execute(delete(Outlet).where(Outlet.id.in_(made), Outlet.slug.not_in(slugs)))


def _about(row: Article) -> dict[str, Any]:
    words = {"article": row.id, "exact": row.title or row.source}
    return {"anchors": [words], "places": [{}]}


def _fact(session: Session, row: Article, name: str) -> Any:
    if name == "outlet":
        outlet = session.get(Outlet, row.outlet_id) if row.outlet_id else None
        return outlet.name if outlet else None
    return _plain(name, getattr(row, name))


def _plain(name: str, value: Any) -> Any:
    if name not in EDITABLE:
        raise UsageError(f"'{name}' of an article cannot be changed: {', '.join(EDITABLE)} can")
    if value is None or value == "":
        return None
    if name == "provenance":
        return _provenance(value)
    return value.isoformat() if isinstance(value, date) else _clean(str(value))


def _provenance(value: str) -> str:
    if value not in get_args(Provenance):
        raise UsageError(f"'{value}' is not one of {', '.join(get_args(Provenance))}")
    return value


def _by_name(session: Session, name: str) -> Outlet | None:
    number = Outlets(session).known(name)
    return session.get(Outlet, number) if number else None


def _clean(text: str) -> str:
    text = " ".join(text.split())
    if not fold(text) or "\x00" in text:
        raise UsageError(f"'{text}' is not a name: it needs letters")
    return text
