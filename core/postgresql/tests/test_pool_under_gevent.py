import subprocess
import sys


def test_greenlets_are_served_in_order_and_a_killed_one_leaks_nothing():
    command = [sys.executable, "-m", "core.postgresql.tests.under_gevent"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "['late', 'first', 'second', 'third', 'fourth'] (1, 0) True",
        "No database connection was free for 0.01 seconds.",
    ]
