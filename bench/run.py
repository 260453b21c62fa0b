"""How many requests a second the service answers, beside a hand-written limit and a usual REST view.

    python scripts/with_postgres.py python -m bench.run --only me --rounds 2 --seconds 4

All servers run from the beginning, and are loaded one after the other, round by round, so that a machine
that changes its pace changes it for all. Prints tables in Markdown and writes bench/out.json.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.application import empty_database  # first: it sets Django up
from bench.contenders import RAISED, contenders
from bench.data import tidy
from bench.equality import require_same_answers
from bench.loads import LOADS, Load
from bench.report import Rounds, conditions, save, table
from bench.servers import Server
from bench.wrk import Round, load, require

WARM_UP = 2  # seconds
# Requests that are prepared: to warm up, and how many times those that a server should get through.
AT_FIRST, AMPLE = 6000, 3


def main() -> int:
    """Measure what the arguments ask for. 1 if an answer was not what it should be."""
    wanted = _arguments()
    require()
    with empty_database(), TemporaryDirectory(prefix="bench-") as logs:
        print(conditions(wanted.rounds, wanted.seconds, RAISED))
        with contenders(Path(logs)) as servers:
            require_same_answers(servers)
            measured = {name: _compare(name, servers, wanted) for name in wanted.only}
    print(table(measured))
    save(measured)
    return int(any(each.failed for one in measured.values() for rounds in one.values() for each in rounds))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", nargs="+", choices=LOADS, default=list(LOADS), help="operations to measure")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=6, help="of one round")
    return parser.parse_args()


def _compare(name: str, servers: list[Server], wanted: argparse.Namespace) -> Rounds:
    """Rounds of one operation on every server that has it, in turn."""
    loads = {server: LOADS[name][server.name] for server in servers if server.name in LOADS[name]}
    warm = {server: _round(server, what, AT_FIRST, WARM_UP) for server, what in loads.items()}
    rounds: Rounds = {server.name: [] for server in loads}
    for _ in range(wanted.rounds):
        for server, what in loads.items():
            enough = int(AMPLE * warm[server].per_second * wanted.seconds)
            rounds[server.name].append(_round(server, what, enough, wanted.seconds))
    return rounds


def _round(server: Server, what: Load, count: int, seconds: int) -> Round:
    requests = what.requests(count)
    tidy()
    return load(server, what.path, requests, expected=what.expected, seconds=seconds)


if __name__ == "__main__":
    sys.exit(main())
