"""Staff that is not a superuser touches nothing that belongs to staff, whatever its permissions."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import timezone

from referral import invites
from referral.admin.tests.staff import act, change, staff
from referral.models import Referral, Session, SignInEvent, User
from referral.refusals import WrongCode
from referral.tests.factories import new_number, new_session, new_user, row_of, sent_code, verify, wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gateway_in_memory")]


def superuser():
    return User.objects.create_superuser(new_number(), "a long password of theirs")


def superuser_who_left_the_staff():
    user = superuser()
    user.is_staff = False
    user.save()
    return user


@pytest.fixture(params=[superuser, staff, superuser_who_left_the_staff])
def above(request):
    return request.param()


@pytest.fixture
def support(client):
    """Staff with every permission there is."""
    user = staff()
    user.user_permissions.set(Permission.objects.all())
    client.force_login(user)
    return user


def guessed(number, now):
    code = sent_code(number, now)
    with pytest.raises(WrongCode):
        verify(number, wrong(code), now)


def test_numbers_of_staff_are_not_unlocked(client, support, above):
    now, user, stranger = timezone.now(), new_user(), new_number()
    for number in (above.phone, user.phone, stranger):
        guessed(number, now)
    events = SignInEvent.objects.values_list("id", flat=True)
    assert b"Numbers unlocked: 2." in act(client, "signinevent", "unlock", *events).content
    assert b"Numbers unlocked: 1." in act(client, "user", "unlock", above.id, user.id).content
    assert [len(row_of(each).wrong_guesses) for each in (above.phone, user.phone, stranger)] == [1, 0, 0]
    client.force_login(superuser())
    assert b"Numbers unlocked: 3." in act(client, "signinevent", "unlock", *events).content


def test_sessions_of_staff_are_not_ended(client, support, above):
    now = timezone.now()
    theirs, other = new_session(above, now), new_session(now=now)
    assert b"Sessions ended: 1." in act(client, "session", "end", theirs.id, other.id).content
    assert b"Sessions ended: 0." in act(client, "user", "end_sessions", above.id, other.user_id).content
    assert set(Session.objects.filter(ended_at=None)) == {theirs}


def test_referrals_of_staff_are_not_voided(client, support, above, now):
    user, inviter = new_user(), new_user()
    invites.activate(user=above, code=inviter.invite_code, now=now)
    invites.activate(user=user, code=above.invite_code, now=now)
    invites.activate(user=inviter, code=(upper := new_user()).invite_code, now=now)
    chosen = (above.id, user.id, inviter.id)
    page = act(client, "referral", "void", *chosen).content.decode()
    assert (above.phone in page, upper.phone in page) == (False, True)
    answer = act(client, "referral", "void", *chosen, confirmed="yes", reason="bought")
    assert b"Referrals voided: 1." in answer.content
    assert set(Referral.objects.values_list("invitee", flat=True)) == {above.id, user.id}


def test_staff_is_neither_erased_nor_changed(client, support, above):
    assert b"Users erased: 0." in act(client, "user", "erase", above.id, confirmed="yes").content
    assert client.post(change(above), {}).status_code == 403
    for path in ("admin:auth_user_password_change", "admin:referral_user_delete"):
        assert client.post(reverse(path, args=[above.id]), {}).status_code == 403
    before = above.is_active, above.phone, above.password
    above.refresh_from_db()
    assert (above.is_active, above.phone, above.password) == before


def test_staff_cannot_raise_themselves_by_a_group(client, support):
    group = Group.objects.create(name="support")
    for path, of in (("changelist", ()), ("add", ()), ("change", (group.id,)), ("delete", (group.id,))):
        assert client.get(reverse(f"admin:auth_group_{path}", args=of)).status_code == 403
    client.force_login(superuser())
    assert client.get(reverse("admin:auth_group_change", args=(group.id,))).status_code == 200
