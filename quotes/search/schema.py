"""What ``quotes sql --schema`` prints: the views and their columns, then the tables."""

from __future__ import annotations

from quotes.database.engine.views import views


def tables() -> list[tuple[str, str, list[str]]]:
    """Return the name of every table, what it holds, and its columns; in order of names."""
    from quotes.database.engine.models import Base

    return [
        (
            model.__tablename__,
            (model.__doc__ or "").split("\n")[0].replace("``", ""),
            [column.name for column in model.__table__.columns],
        )
        for model in sorted(Base.__subclasses__(), key=lambda model: model.__tablename__)
    ]


def schema_text() -> str:
    """Return the description of all views and tables, as plain text."""
    lines = ["Views (start here)"]
    for view in views():
        width = max(map(len, view.columns))
        lines += ["", f"{view.name}: {view.row[0].lower()}{view.row[1:]}"]
        lines += [f"  {column:<{width}}  {meaning}" for column, meaning in view.columns.items()]
    lines += ["", "", "Tables"]
    for name, what, names in tables():
        lines += ["", f"{name}: {what}", f"  {', '.join(names)}"]
    return "\n".join(lines)
