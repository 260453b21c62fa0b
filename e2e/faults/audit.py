"""Compares PostgreSQL and the API with the ledger."""

import asyncio

AT_ONCE = 20

USERS = """
    SELECT users.phone, users.invite_code, users.invited_count, referral.code, inviter.invite_code,
        (SELECT count(*) FROM referral_session WHERE user_id = users.id AND ended_at IS NULL),
        (SELECT count(*) FROM referral_signinevent WHERE phone = users.phone AND kind = 'signed in')
    FROM referral_user users
    LEFT JOIN referral_referral referral ON referral.invitee_id = users.id
    LEFT JOIN referral_user inviter ON inviter.id = referral.inviter_id
"""


def audit_rows(database, ledger):
    """The database has exactly the users, sessions, sign-ins, activations and counters of the ledger."""
    rows, counts, inviters = database.ask(USERS), ledger.invited_counts(), {}
    assert sorted(row[0] for row in rows) == sorted(ledger.accounts)
    for phone, invite_code, invited_count, code, inviter_code, sessions, sign_ins in rows:
        account = ledger.accounts[phone]
        assert account.invite_code in (None, invite_code), phone
        assert code == inviter_code == account.inviter_code, phone
        assert invited_count == counts[invite_code], phone
        assert sessions == sign_ins == account.sign_ins, phone
        inviters[invite_code] = inviter_code
    assert not [code for code in inviters if is_in_circle(code, inviters)]


def is_in_circle(code, inviters):
    above = inviters[code]
    for _ in inviters:
        if above in (None, code):
            break
        above = inviters[above]
    return above == code


async def audit_sessions(load):
    """Every session of the ledger can be refreshed, and shows the user as recorded."""
    counts, few = load.ledger.invited_counts(), asyncio.Semaphore(AT_ONCE)

    async def audit(account, refresh_token):
        async with few:
            profile = await load.look(account, await load.refresh(account, refresh_token))
        assert profile["invitedCount"] == counts[account.invite_code]

    async with asyncio.TaskGroup() as sessions:
        for account in load.ledger.accounts.values():
            for refresh_token in account.refresh_tokens.copy():
                sessions.create_task(audit(account, refresh_token))
