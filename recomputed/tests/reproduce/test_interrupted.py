"""Set-up beside another one, stopped, and killed."""

import json
import random
import signal
import time
from types import SimpleNamespace

import pytest

from synthetic.copies import POSIX, Copy
from synthetic.waiting import wait_until

pytestmark = pytest.mark.slow


@POSIX
def test_two_at_once_make_one_environment(copy: Copy) -> None:
    """The second set-up waits for the first and uses what it made."""
    first, second = copy.start(), copy.start()
    results = [process.communicate(timeout=120) for process in (first, second)]
    assert [0, 0] == [first.returncode, second.returncode]
    assert ["1.0", "1.0"] == [json.loads(out)["tiny"] for out, _ in results]
    assert 1 == sum("Making the environment" in err for _, err in results)
    assert 1 == sum("waiting for it" in err for _, err in results)


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopping_set_up_is_tidy(copy: Copy, number: int, code: int) -> None:
    """Ctrl-C and termination end set-up at once and its child with it; no traceback, no half environment."""
    with copy.start() as process:
        wait_until(lambda: (copy.venv / "pyvenv.cfg").exists())
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
    assert code == process.returncode
    assert "Traceback" not in err
    assert not copy.venv.exists()


@POSIX
def test_killed_at_any_moment_what_was_there_is_whole_and_the_next_run_finishes(
    copy: Copy, wheels: SimpleNamespace
) -> None:
    """Killed outright at random moments of a change of lock, the earlier or the new one is whole."""
    started = time.monotonic()
    assert 0 == copy.run().code
    longest = time.monotonic() - started
    chance = random.Random(20)
    there, other = ("1.0", wheels.one), ("2.0", wheels.two)
    for _ in range(2):  # an environment takes seconds to make
        copy.lock(other[1])
        with copy.start() as process:
            time.sleep(chance.uniform(0.05, longest))
            process.kill()
        if copy.stamped(other[1]):
            there, other = other, there
        copy.lock(there[1])
        ran = copy.run()
        assert there[0] == json.loads(ran.out)["tiny"]
        assert "Making" not in ran.err
    copy.lock(other[1])
    assert other[0] == json.loads(copy.run().out)["tiny"]
    assert [".venv.guard", ".venv.log"] == copy.litter()
