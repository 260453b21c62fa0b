"""Run as a process of its own: the pool among greenlets, patched after its import."""

import gevent
import psycopg2
from gevent import monkey

from core.postgresql.tests.fakes import counts, new_pool


def main() -> None:
    """Print who was served, what the gauges say, and whether the connection is still there."""
    pool, served = new_pool(), []
    connection = pool.getconn()

    def serve(name: str) -> None:
        mine = pool.getconn()
        served.append(name)
        gevent.sleep(0)  # others run, and none has it too
        pool.putconn(mine)

    def give_up() -> None:
        try:
            with gevent.Timeout(0.01):
                pool.getconn()
        except gevent.Timeout:
            served.append("late")

    greenlets = [gevent.spawn(serve, name) for name in ("killed", "first", "second")]
    impatient = gevent.spawn(give_up)
    greenlets += [gevent.spawn(serve, name) for name in ("third", "fourth")]
    impatient.join()
    greenlets[0].kill(block=False)
    pool.putconn(connection)  # the hub kills it next, before it hears that its turn has come
    gevent.joinall(greenlets, timeout=10)
    print(served, counts(pool), pool.getconn() is connection)  # noqa: T201
    pool._timeout = 0.01
    try:
        pool.getconn()
    except psycopg2.OperationalError as error:
        print(error)  # noqa: T201


monkey.patch_all()
main()
