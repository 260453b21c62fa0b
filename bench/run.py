"""Measures requests per second of the service, a hand-written limit and a typical REST view.

    python scripts/with_postgres.py python -m bench.run --only me --rounds 2 --seconds 4

All servers run all the time and are loaded in turn, round by round, so that changes in the speed of the
machine affect all of them. Prints Markdown tables and writes bench/out.json.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import crowd, process, report, wrk
from bench.application import empty_database
from bench.conditions import conditions
from bench.contenders import contenders, start
from bench.data import fill, tidy
from bench.equality import require_same_answers
from bench.loads import LOADS, Load
from bench.report import Figures, Rounds
from bench.servers import Server
from bench.wrk import Round

WARM_UP = 2  # seconds
# Prepared requests: for the warm-up, and as a multiple of what a server is expected to handle.
AT_FIRST, AMPLE = 6000, 5
ALONE = ("crowd", "process")


def main() -> int:
    """Measure what the arguments select. Returns 1 if any request failed."""
    wanted = _arguments()
    wrk.require()
    with empty_database(), TemporaryDirectory(prefix="bench-") as logs:
        fill()
        print(conditions(wanted.rounds, wanted.seconds), flush=True)
        rounds, figures = _measure(wanted, Path(logs))
    print(f"\n{report.text(rounds, figures)}")
    report.save(rounds, figures)
    return int(report.failed(rounds))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    choices = [*LOADS, *ALONE]
    parser.add_argument("--only", nargs="+", choices=choices, default=choices, help="what to measure")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=6, help="length of a round")
    return parser.parse_args()


def _measure(wanted: argparse.Namespace, logs: Path) -> tuple[dict[str, Rounds], Figures]:
    figures: Figures = {}
    with contenders(logs) as servers:
        require_same_answers(servers)
        rounds = {name: _compare(name, servers, wanted) for name in wanted.only if name in LOADS}
        if "crowd" in wanted.only:
            figures |= crowd.measure(next(server for server in servers if server.name == "service"))
    if "process" in wanted.only:
        figures |= process.measure(lambda: start("service", logs))
    return rounds, figures


def _compare(name: str, servers: list[Server], wanted: argparse.Namespace) -> Rounds:
    """Measure one operation on each server that has it, in interleaved rounds."""
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
    return wrk.load(server, what.path, requests, expected=what.expected, seconds=seconds)


if __name__ == "__main__":
    sys.exit(main())
