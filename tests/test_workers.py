"""Work in several processes: order, errors, and nobody left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from quotes.errors import QuotesError
from quotes.workers import in_order, spread


def make_square() -> Callable[[int], int]:
    return square


def square(number: int) -> int:
    # The first items take longest: order must not depend on who is ready first.
    time.sleep(0.05 if number < 3 else 0)
    return number * number


def make_picky() -> Callable[[int], int]:
    return refuse_three


def refuse_three(number: int) -> int:
    if number == 3:
        raise QuotesError("three is not wanted")
    return number


def make_failing() -> Callable[[int], int]:
    raise QuotesError("cannot begin: do something about it")


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    assert list(in_order(make_square, range(20), jobs)) == [(n, n * n) for n in range(20)]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_what_takes_longest_comes_last(jobs: int) -> None:
    found = spread(make_square, range(20), jobs, late=2)
    assert [number for number, _ in found] == [*range(2, 20), 0, 1]
    assert list(spread(make_square, range(1), jobs, late=2)) == [(0, 0)]


def test_nothing_to_do() -> None:
    assert list(in_order(make_square, [], 2)) == []


def test_items_are_read_only_as_far_as_needed() -> None:
    read = []

    def items() -> object:
        for number in range(1_000):
            read.append(number)
            yield number

    results = in_order(make_square, items(), 2)
    next(results)
    assert len(read) < 20
    results.close()


def test_an_error_reaches_the_caller_and_ends_the_processes() -> None:
    done = []
    with pytest.raises(QuotesError, match="three is not wanted"):
        done += (number for number, _ in in_order(make_picky, range(50), 2))
    assert multiprocessing.active_children() == []


def test_a_process_that_cannot_begin_says_why() -> None:
    with pytest.raises(QuotesError, match="cannot begin: do something about it"):
        list(in_order(make_failing, range(3), 2))


def test_leaving_early_ends_the_processes() -> None:
    results = in_order(make_square, range(1_000), 2)
    next(results)
    assert len(multiprocessing.active_children()) == 2
    results.close()
    assert multiprocessing.active_children() == []


def make_killed() -> Callable[[int], int]:
    return killed_at_three


def killed_at_three(number: int) -> int:
    if number == 3 and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_killed_process_is_named_and_the_rest_is_done_here(
    caplog: pytest.LogCaptureFixture,
) -> None:
    found = list(in_order(make_killed, range(50), 2))
    assert found == [(number, number) for number in range(50)]
    assert caplog.messages == [
        "a process of --jobs was killed (out of memory?); the rest is done in one process"
    ]


PARENT = """
import multiprocessing, sys, time
from tests.test_workers import make_square
from quotes.workers import in_order
results = in_order(make_square, range(10**9), 2)
next(results)
print(*[child.pid for child in multiprocessing.active_children()], flush=True)
time.sleep(60)
"""


def test_a_killed_parent_leaves_no_processes() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},  # noqa: PTH109
    )
    assert parent.stdout is not None
    children = [int(pid) for pid in parent.stdout.readline().split()]
    assert len(children) == 2
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    while any(map(is_alive, children)):  # without a limit: a busy machine may take its time
        time.sleep(0.1)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
