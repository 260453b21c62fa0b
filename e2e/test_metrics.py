"""/metrics of `make serve` with two workers: any worker returns exact totals, which outlive the workers."""

import asyncio
import os
import signal
import time
from urllib.request import Request, urlopen

from client import ME, REQUEST_CODE, VERIFY_CODE, post
from prometheus_client.parser import text_string_to_metric_families

TOKEN = "a token for the checks"  # noqa: S105, only for this test
SCRAPES = 10
PEOPLE = 20
TOTALS = {
    ("referral_operations_total", "requestCode", "OK"): PEOPLE,
    ("referral_operations_total", "requestCode", "RATE_LIMITED"): PEOPLE,
    ("referral_operations_total", "verifyCode", "WRONG_CODE"): PEOPLE,
    ("referral_operations_total", "verifyCode", "OK"): PEOPLE,
    ("referral_operations_total", "me", "OK"): PEOPLE,
    ("referral_operations_total", "me", "UNAUTHENTICATED"): PEOPLE,
    ("referral_operations_total", "none", "GRAPHQL_PARSE_FAILED"): PEOPLE,
    ("referral_operation_seconds_count", "requestCode"): 2 * PEOPLE,
    ("referral_operation_seconds_count", "verifyCode"): 2 * PEOPLE,
    ("referral_operation_seconds_count", "me"): 2 * PEOPLE,
    ("referral_sms_total", "console (1)", "TAKEN"): PEOPLE,
    ("referral_wrong_guesses_total",): PEOPLE,
    ("referral_limits_hit_total", "cooldown"): PEOPLE,
}


def test_every_worker_returns_the_totals_of_all_workers(serve, database, tmp_path):
    with serve(WEB_CONCURRENCY="2", METRICS_TOKEN=TOKEN, TMPDIR=str(tmp_path)) as server:
        (folder,) = tmp_path.glob("referral-metric-files-*")
        asyncio.run(crowd(server.port))
        first = workers(folder)
        assert len(first) == 2
        assert scrapes(server) == [TOTALS] * SCRAPES
        assert connections(server) == (40, database.connections()[0], 0)
        for pid in first:
            kill(pid, folder)
            assert scrapes(server) == [TOTALS] * SCRAPES
            assert connections(server) == (40, database.connections()[0], 0)
        asyncio.run(post(server.port, "{"))
        more = TOTALS | {("referral_operations_total", "none", "GRAPHQL_PARSE_FAILED"): PEOPLE + 1}
        assert scrapes(server) == [more] * SCRAPES
        assert not [line for line in ("Traceback", "Warning:") if line in server.output()]
    assert not folder.exists()


async def crowd(port):
    await asyncio.gather(*(sign_in_with_errors(port, f"+7920{number:07}") for number in range(PEOPLE)))


async def sign_in_with_errors(port, phone):
    """A sign-in with every possible error on the way."""
    _, _, sent = await post(port, REQUEST_CODE, phone=phone)
    code = sent["data"]["requestCode"]["demoCode"]
    await post(port, REQUEST_CODE, phone=phone)
    await post(port, VERIFY_CODE, phone=phone, code=f"{(int(code) + 1) % 10_000:04}")
    _, _, signed_in = await post(port, VERIFY_CODE, phone=phone, code=code)
    for token in (signed_in["data"]["verifyCode"]["accessToken"], ""):
        await post(port, ME, token)
    await post(port, "{")


def scrape(server):
    """The value of each sample by name and labels, over a new connection."""
    request = Request(f"{server.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urlopen(request) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    return {(each.name, *each.labels.values()): each.value for family in families for each in family.samples}


def scrapes(server):
    """The totals of SCRAPES scrapes, enough that each worker answers some."""
    totals = {name for name, *_ in TOTALS}
    return [{key: value for key, value in scrape(server).items() if key[0] in totals} for _ in range(SCRAPES)]


def connections(server):
    seen = scrape(server)
    return tuple(seen[f"referral_database_connections_{name}",] for name in ("max", "open", "in_use"))


def workers(folder):
    """The process ids of the live workers."""
    return {int(file.stem.rpartition("_")[2]) for file in folder.glob("gauge_livesum_*.db")}


def kill(pid, folder):
    """Kill a worker, as the kernel does when memory runs out, and wait for its replacement."""
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while pid in workers(folder) or len(workers(folder)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)
