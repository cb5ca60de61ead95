from __future__ import annotations

import os
import pty
import re
import subprocess
import time
from pathlib import Path
from typing import get_args

from quotes.search.review.items import QueueName
from tests.cli.program import QUOTES, Quotes

STATE = "SELECT id, speaker_slug, kind, rule FROM quotation_list ORDER BY id"


def judged(quotes: Quotes) -> list[tuple[str, str]]:
    log = quotes("judge", "log", "--format", "jsonl").rows
    return [(row["kind"], row["value"]) for row in reversed(log)]


def test_one_key_an_answer(stocked: Quotes) -> None:
    done = stocked("review", "--below", "1", "--by", "Ann", stdin="sazx1nq")
    assert done.status == 0, done.err
    assert "4 judgements stored, 1 skipped" in done.err
    assert "»" in done.out
    assert "«" in done.out
    kinds = judged(stocked)
    assert [kind for kind, _ in kinds] == ["attribution", "kind", "attribution", "attribution"]
    assert kinds[1][1] == "none"
    assert kinds[3][1] == "nobody"


def test_another_name_and_a_second_thought(stocked: Quotes) -> None:
    keys = "uoNobody At All\noputin\nunuq"  # nothing to undo at first; then o, u, n, u
    done = stocked("review", "--below", "1", stdin=keys)
    assert done.status == 0, done.err
    assert "no speaker 'Nobody At All' is known" in done.err
    assert "0 judgements stored, 0 skipped" in done.err
    kinds = judged(stocked)
    assert kinds == [
        ("attribution", "vladimir-putin"),
        ("undo", None),
        ("attribution", "nobody"),
        ("undo", None),
    ]


def test_a_comment_goes_into_the_log(stocked: Quotes) -> None:
    stocked("review", "--below", "1", stdin="csee the video\nnnq")
    log = stocked("judge", "log", "--format", "jsonl").rows
    assert [row["why"] for row in log] == ["review", "see the video"]


def test_everything_that_helps_to_decide_is_shown(seeded: Quotes, tmp_path: Path) -> None:
    path = tmp_path / "kiosk.txt"
    path.write_text(
        "It rained.\n\n“The pier is closed,” Ada Quill told Cleo Marsh.\n\n"
        "“It was a mistake,” the former US president said in June."
    )
    seeded("ingest", path, "--published", "2024-06-01", "--outlet", "The Kiosk")
    shown = seeded("review", "--below", "1", stdin="s").out
    first, second = re.split(r"^Who said this\? (?=n\d)", shown, flags=re.MULTILINE)[1:]
    assert first.splitlines()[0].endswith("; 2 left")
    assert "(The Kiosk, 2024-06-01, " in first
    assert "»“The pier is closed,”« [Ada Quill] told" in first
    assert "  | It rained.\n" in first
    assert "named right after the quotation (“told”); " in first
    assert "nobody was found: several may be meant" in second
    assert "Barack Obama (may be meant)" in second
    assert "Ada Quill (quoted here)" in second
    assert "»“It was a mistake,”« [the former US president] said in June.\n" in second


def test_it_goes_on_where_it_ended(stocked: Quotes) -> None:
    first = stocked("review", "--below", "1", stdin="nq").out
    second = stocked("review", "--below", "1", stdin="q").out
    number = re.findall(r"^Who said this\? (n\d+);", first, re.MULTILINE)
    assert f"{number[1]};" in second
    assert f"{number[0]};" not in second


def test_a_question_mark_explains_the_keys_and_other_keys_do_nothing(stocked: Quotes) -> None:
    done = stocked("review", "--below", "1", stdin="?Zz0é\nq")
    assert "    x  not speech" in done.out
    assert "    c  comment on your next answer" in done.out
    assert "0 judgements stored, 0 skipped" in done.err
    assert judged(stocked) == []


def test_the_end_of_the_input_quits(stocked: Quotes) -> None:
    done = stocked("review", "--below", "1")
    assert (done.status, "0 judgements stored" in done.err) == (0, True)
    assert judged(stocked) == []


def test_nothing_to_review(stocked: Quotes) -> None:
    assert "nothing is left" in stocked("review", "--below", "0").err


def test_every_queue_can_be_gone_through(stocked: Quotes) -> None:
    for queue in get_args(QueueName):
        done = stocked("review", queue, "--below", "1", stdin="?" + 50 * "s")
        assert done.status == 0, done.err
        assert "nothing is left to review here" in done.err
    assert judged(stocked) == []


def test_the_other_queues_are_named(stocked: Quotes) -> None:
    done = stocked("review", "names", "--below", "1", stdin="q")
    assert re.search(r"also waiting: \d+ in `quotes review speakers`", done.err)


def test_a_second_reader_and_how_far_both_agree(stocked: Quotes) -> None:
    assert "no two people" in stocked("review", "--agreement").err
    stocked("review", "--below", "1", "--by", "Ann", stdin="nnq")
    stocked("review", "--second", "--by", "Bea", stdin="nxq")
    table = stocked("review", "--agreement").out
    assert re.search(r"speakers +Ann and Bea +2 +1 +0\.50 +\S+ +n\d+", table)


def test_keys_of_a_terminal(stocked_file: Path) -> None:
    main, side = pty.openpty()
    environment = os.environ | {"QUOTES_DB": str(stocked_file)}
    process = subprocess.Popen(
        [QUOTES, "review", "--below", "1"],
        stdin=side, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    assert process.stdout is not None
    shown = b""
    while b"or ?: " not in shown and process.poll() is None:
        shown += os.read(process.stdout.fileno(), 4096)
    while process.poll() is None:  # what is typed before the program listens is thrown away
        os.write(main, b"q")
        time.sleep(0.05)
    _, err = process.communicate()
    os.close(main)
    os.close(side)
    assert (process.returncode, b"0 judgements stored" in err) == (0, True), err
