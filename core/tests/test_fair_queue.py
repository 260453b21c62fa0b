import threading
import time

import pytest
from sqlalchemy.pool import QueuePool
from sqlalchemy.util.queue import Empty, Full

from core.postgresql.fair_queue import FairQueue


def wait_until(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_the_pool_of_connections_is_fair():
    __import__("core.postgresql.base")
    pool = QueuePool(object, pool_size=2)
    assert isinstance(pool._pool, FairQueue)


def test_items_are_kept_until_somebody_asks():
    queue = FairQueue(maxsize=2)
    queue.put("first")
    queue.put("second")
    with pytest.raises(Full):
        queue.put("third")
    assert [queue.qsize(), queue.get(), queue.get(), queue.qsize()] == [2, "first", "second", 0]
    with pytest.raises(Empty):
        queue.get(block=False)
    with pytest.raises(Empty):
        queue.get(timeout=0.01)


def test_an_item_goes_to_whoever_has_waited_longest_and_nobody_overtakes():
    queue, served = FairQueue(), []

    def wait(name):
        queue.get(timeout=10)
        served.append(name)

    for name in range(5):
        threading.Thread(target=wait, args=[name], daemon=True).start()
        wait_until(lambda name=name: len(queue._waiting) == name + 1)
    for count in range(1, 6):
        queue.put("a connection")
        with pytest.raises(Empty):  # somebody who comes by in this very moment
            queue.get(block=False)
        wait_until(lambda count=count: len(served) == count)
    assert served == [0, 1, 2, 3, 4]


def test_whoever_gave_up_waiting_is_handed_nothing():
    queue = FairQueue()
    with pytest.raises(Empty):
        queue.get(timeout=0.01)
    queue.put("a connection")
    assert queue.get(block=False) == "a connection"
