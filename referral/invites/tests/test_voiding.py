"""Voiding referrals, and correcting counts."""

import io

import pytest
from django.core.management import call_command

from referral import invites
from referral.models import Referral, ReferralVoid, User
from referral.tests.factories import minutes, new_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return new_user()


@pytest.fixture
def referral(now):
    inviter, invitee = new_user(), new_user()
    invites.activate(user=invitee, code=inviter.invite_code, now=now)
    return Referral.objects.get()


def test_a_void_is_kept_with_its_reason_and_the_count_follows(referral, staff, now):
    later = now + minutes(1)
    assert invites.void(invitee_id=referral.invitee_id, reason="bought", staff=staff, now=later)
    kept = ReferralVoid.objects.get()
    assert (kept.invitee, kept.inviter, kept.code) == (referral.invitee, referral.inviter, referral.code)
    assert (kept.created_at, kept.reason, kept.staff, kept.voided_at) == (now, "bought", staff, later)
    assert not Referral.objects.exists()
    assert User.objects.get(id=referral.inviter_id).invited_count == 0


def test_after_a_void_the_invitee_may_activate_any_code(referral, staff, now):
    invitee = referral.invitee
    for code in (new_user().invite_code, referral.code):
        assert invites.void(invitee_id=invitee.id, reason="a mistake", staff=staff, now=now)
        invites.activate(user=invitee, code=code, now=now)
    assert Referral.objects.get().code == referral.code
    assert ReferralVoid.objects.count() == 2


def test_voiding_without_a_referral_returns_false(staff, now):
    assert not invites.void(invitee_id=staff.id, reason="why not", staff=staff, now=now)


def recount(*options):
    out = io.StringIO()
    call_command("recount_invited", *options, stdout=out)
    return out.getvalue().splitlines()


def test_recounting_reports_and_corrects_wrong_counts(referral):
    bystander = new_user()
    assert recount() == ["Users with a wrong count: 0."]
    User.objects.filter(id=referral.inviter_id).update(invited_count=7)
    User.objects.filter(id=bystander.id).update(invited_count=1)
    wrong = {f"{referral.inviter_id}: 7 should be 1.", f"{bystander.id}: 1 should be 0."}
    for options in (["--dry-run"], []):
        *lines, total = recount(*options)
        assert (set(lines), total) == (wrong, "Users with a wrong count: 2.")
    assert recount() == ["Users with a wrong count: 0."]
    assert User.objects.get(id=referral.inviter_id).invited_count == 1
