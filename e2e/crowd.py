"""Users who come with an invite code, and when they came."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from browsing import new_phone
from client import REQUEST_CODE, VERIFY_CODE, post


async def come(port, phone, code):
    *_, body = await post(port, REQUEST_CODE, phone=phone)
    sent = body["data"]["requestCode"]["demoCode"]
    await post(port, VERIFY_CODE, phone=phone, code=sent, inviteCode=code)


def crowd(port, code, phones):
    """Sign these phones in with an invite code, one after the other: the last one is the newest."""

    async def all_come():
        for phone in phones:
            await come(port, phone, code)

    with ThreadPoolExecutor() as pool:  # Playwright has an event loop in this thread
        pool.submit(asyncio.run, all_come()).result()


def new_phones(count):
    return [new_phone() for _ in range(count)]


def came_at(database, phone, instant):
    """Let the user with this number have come at an instant (UTC)."""
    with closing(sqlite3.connect(database, timeout=20)) as opened, opened:
        changed = opened.execute(
            "UPDATE referral_referral SET created_at = ? WHERE invitee_id ="
            " (SELECT id FROM referral_user WHERE phone = ?)",
            [instant.strftime("%Y-%m-%d %H:%M:%S.%f"), phone],
        )
        assert changed.rowcount == 1
