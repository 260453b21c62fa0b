"""What was measured, as tables in Markdown for people and as JSON for programs."""

import json
import platform
from dataclasses import asdict, fields
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection

from bench.wrk import CONNECTIONS, THREADS, Round

OUT = Path(__file__).parent / "out.json"
Rounds = dict[str, list[Round]]  # by server

HEAD = """
| operation | server | requests/s (of rounds) | to limit | median ms | p99 ms | CPU | CPU ms | MB | failed |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
RATIOS = {
    "me_to_limit": ("me", "limit"),
    "me_to_rest": ("me", "rest"),
    "verify_code_to_limit": ("verifyCode", "limit"),
    "verify_code_of_new_user_to_limit": ("verifyCode, new user", "limit"),
    "activate_invite_to_limit": ("activateInvite", "limit"),
    "refresh_session_to_limit": ("refreshSession", "limit"),
}


def conditions(rounds: int, seconds: int, raised: dict[str, str]) -> str:
    """Under which circumstances the numbers hold."""
    return (
        f"{_processor()}, {len(_cpus())} of it for servers, PostgreSQL "
        f"{connection.cursor().connection.server_version // 10000} and wrk together; Python "
        f"{platform.python_version()}; one worker each; {rounds} rounds of {seconds} s, interleaved; "
        f"wrk -t {THREADS} -c {CONNECTIONS}. Medians of the rounds.\n"
        f"Limits raised: {', '.join(f'{name}={value}' for name, value in raised.items())}."
    )


def table(measured: dict[str, Rounds]) -> str:
    """A line for each operation and server."""
    lines = [HEAD]
    for operation, rounds in measured.items():
        limit = middle(rounds["limit"]).per_second
        for server, each in rounds.items():
            lines.append(_line(operation, server, each, limit))
    return "\n".join(lines)


def middle(rounds: list[Round]) -> Round:
    """The median of each figure; failures add up."""
    figures = {field.name: [getattr(each, field.name) for each in rounds] for field in fields(Round)}
    return Round(
        **{name: median(values) for name, values in figures.items()} | {"failed": sum(figures["failed"])}
    )


def _line(operation: str, server: str, rounds: list[Round], limit: float) -> str:
    this, pace = middle(rounds), sorted(each.per_second for each in rounds)
    cells = [
        f"`{operation}`",
        server,
        f"{this.per_second:,.0f} ({pace[0]:,.0f} to {pace[-1]:,.0f})",
        f"{this.per_second / limit:.2f}",
        f"{this.median_ms:.1f}",
        f"{this.p99_ms:.1f}",
        f"{this.cpu_share:.0%}",
        f"{this.cpu_ms:.2f}",
        f"{this.memory_mb:.0f}",
        f"{this.failed}",
    ]
    return f"| {' | '.join(cells)} |"


def ratios(measured: dict[str, Rounds]) -> dict[str, float]:
    """Requests a second of the service in units of another's."""
    return {
        name: round(_pace(measured[operation], "service") / _pace(measured[operation], other), 3)
        for name, (operation, other) in RATIOS.items()
        if operation in measured
    }


def save(measured: dict[str, Rounds]) -> None:
    """Ratios and every round, in bench/out.json."""
    raw: dict[str, Any] = {
        operation: {server: [asdict(each) for each in of_server] for server, of_server in rounds.items()}
        for operation, rounds in measured.items()
    }
    OUT.write_text(json.dumps(ratios(measured) | {"rounds": raw}, indent=1) + "\n")


def _pace(rounds: Rounds, server: str) -> float:
    return middle(rounds[server]).per_second


def _cpus() -> list[str]:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]


def _processor() -> str:
    return next(iter(_cpus()), platform.machine())
