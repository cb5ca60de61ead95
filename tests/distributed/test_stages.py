from __future__ import annotations

from pathlib import Path

import pytest

from quotes.distributed.files import Folder
from quotes.distributed.stages import Stages, alone_in, key_of
from quotes.errors import QuotesError, UsageError


def test_a_stage_is_finished_with_its_key(tmp_path: Path) -> None:
    stages = Stages(Folder(str(tmp_path / "new")))
    key = key_of("1.0", [1, 2])
    assert stages.finished("texts/1", key) is None
    assert stages.finish("texts/1", key, rows=3) == stages.finished("texts/1", key)
    assert stages.finished("texts/1", key_of("1.0", [1, 3])) is None
    assert (stages.manifest("texts/1") or {})["rows"] == 3
    for broken in ("", "[]", "{"):
        (tmp_path / "new/_stages/texts/1.json").write_text(broken)
        assert stages.manifest("texts/1") is None


def test_what_a_killed_program_left_of_a_manifest_goes(tmp_path: Path) -> None:
    stages = Stages(Folder(str(tmp_path)))
    (tmp_path / "_stages/texts").mkdir(parents=True)
    left = tmp_path / "_stages/texts/.1.json.0a1b.part"
    left.write_text('{"stage"')
    stages.finish("quotes", key_of("1.0"))
    assert not left.exists()
    assert [one.name for one in tmp_path.rglob("*.json")] == ["quotes.json"]


def test_a_folder_is_held_by_one(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "new"))
    with alone_in(folder), pytest.raises(QuotesError, match="another `quotes batch`"):  # noqa: SIM117
        with alone_in(folder):
            pass
    with alone_in(folder):
        pass
    (tmp_path / "file").touch()
    with (
        pytest.raises(QuotesError, match="cannot be written"),
        alone_in(Folder(f"{tmp_path}/file")),
    ):
        pass


def test_an_address_that_leads_nowhere() -> None:
    with pytest.raises(UsageError, match="no folder that can be reached"):
        Folder("sftp://host/news")


def test_nothing_half_written(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    with pytest.raises(TypeError), folder.written("a/b") as stream:
        stream.write([b"half"])
    assert not [*tmp_path.rglob("*.part")]
    assert folder.files() == []
    with folder.written("a/b") as stream:
        stream.write(b"whole")
    (tmp_path / "a/.b").touch()
    (tmp_path / "_c").mkdir()
    (tmp_path / "_c/d").touch()
    assert folder.files() == [("a/b", 5)]
    folder.remove("a")
    folder.remove("a")
    assert folder.files() == []
