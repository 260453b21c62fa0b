"""The results, as Markdown tables and as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from statistics import median

from bench.wrk import Round

OUT = Path(__file__).parent / "out.json"

Rounds = dict[str, list[Round]]
"""The rounds of one operation, by server."""
Figures = dict[str, float]
"""Other results, by their name in bench/out.json."""

COLUMNS = (
    "operation",
    "server",
    "requests/s (of rounds)",
    "to limit",
    "median ms",
    "p99 ms",
    "CPU",
    "CPU ms",
    "PostgreSQL ms",
    "MB",
    "failed",
)
RATIOS = {
    "me_to_limit": ("me", "limit"),
    "me_to_rest": ("me", "rest"),
    "verify_code_to_limit": ("verifyCode", "limit"),
    "verify_code_of_new_user_to_limit": ("verifyCode, new user", "limit"),
    "activate_invite_to_limit": ("activateInvite", "limit"),
    "refresh_session_to_limit": ("refreshSession", "limit"),
}


def text(measured: dict[str, Rounds], figures: Figures) -> str:
    """A table row for each operation and server, and one for each figure."""
    lines = [_row(COLUMNS), _row("---" for _ in COLUMNS)] if measured else []
    for operation, rounds in measured.items():
        limit = rounds["limit"]
        lines += [_line(operation, server, of_server, limit) for server, of_server in rounds.items()]
    lines += ["", "| figure | value |", "| --- | ---: |"]
    lines += [f"| `{name}` | {value:,.2f} |" for name, value in (ratios(measured) | figures).items()]
    return "\n".join(lines)


def ratios(measured: dict[str, Rounds]) -> Figures:
    """The service's requests per second relative to another server's, by wall-clock and by CPU time."""
    found = {}
    for name, (operation, other) in RATIOS.items():
        if operation in measured:
            ours, theirs = (measured[operation][server] for server in ("service", other))
            found[name] = _pace(ours, theirs)
            found[f"{name}_by_cpu"] = median(b.cpu_ms / a.cpu_ms for a, b in zip(ours, theirs, strict=True))
    return found


def _pace(ours: list[Round], theirs: list[Round]) -> float:
    """The median of the ratios per round, because the speed of the machine may change between rounds."""
    return median(a.per_second / b.per_second for a, b in zip(ours, theirs, strict=True))


def failed(measured: dict[str, Rounds]) -> bool:
    """Whether there were failed requests in any round."""
    return any(_middle(of_server).failed for rounds in measured.values() for of_server in rounds.values())


def save(measured: dict[str, Rounds], figures: Figures) -> None:
    """Write all results to bench/out.json."""
    rounds = {
        operation: {server: [asdict(each) for each in of_server] for server, of_server in by_server.items()}
        for operation, by_server in measured.items()
    }
    everything = {name: round(value, 3) for name, value in (ratios(measured) | figures).items()}
    OUT.write_text(json.dumps(everything | {"rounds": rounds}, indent=1) + "\n")


def _line(operation: str, server: str, rounds: list[Round], limit: list[Round]) -> str:
    this, pace = _middle(rounds), sorted(each.per_second for each in rounds)
    cells = (
        f"`{operation}`",
        server,
        f"{this.per_second:,.0f} ({pace[0]:,.0f} to {pace[-1]:,.0f})",
        f"{_pace(rounds, limit):.2f}",
        f"{this.median_ms:.1f}",
        f"{this.p99_ms:.1f}",
        f"{this.cpu_share:.0%}",
        f"{this.cpu_ms:.2f}",
        f"{this.postgresql_ms:.2f}",
        f"{this.memory_mb:.0f}",
        f"{this.failed}",
    )
    return _row(cells)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _middle(rounds: list[Round]) -> Round:
    """The median of each figure, and the sum of failures."""
    figures = {each.name: [getattr(one, each.name) for one in rounds] for each in fields(Round)}
    medians = {name: median(values) for name, values in figures.items()}
    return Round(**medians | {"failed": sum(figures["failed"])})
