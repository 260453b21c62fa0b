import re
import sys

import pytest
from django.db import connection, connections
from django.utils import translation

from referral import sign_in
from referral.models import PhoneSignIn, User
from referral.refusals import CountryNotAllowed, DeliveryFailed, InvalidPhone, RateLimited, WrongCode
from referral.sms.memory import MemoryGateway
from referral.sms.outcome import TAKEN, Outcome, Report
from referral.tests.factories import code_in, minutes, new_number, row_of, sent_code, verify, wrong

pytestmark = pytest.mark.django_db


def test_a_code_is_sent_and_described(gateway_in_memory, now):
    sent = sign_in.request_code(phone="8 (911) 000-00-01", now=now)
    ((number, text),) = gateway_in_memory.outbox
    assert (sent.phone, number) == ("+79110000001", "+79110000001")
    assert (sent.code_length, len(code_in(text))) == (4, 4)
    assert (sent.expires_at, sent.resend_at) == (now + minutes(5), now + minutes(1))
    assert sent.demo_code is None
    assert row_of("+79110000001").sends == [now]


def test_spellings_of_one_number_share_one_budget(gateway_in_memory, now):
    sign_in.request_code(phone="8 (911) 000-00-01", now=now)
    for spelling in ("+7 911 000 00 01", "٧٩١١٠٠٠٠٠٠١", "79110000001"):
        with pytest.raises(RateLimited) as refused:
            sign_in.request_code(phone=spelling, now=now)
        assert refused.value.retry_at == now + minutes(1)
    assert PhoneSignIn.objects.of_numbers().count() == len(gateway_in_memory.outbox) == 1


def test_a_refused_number_leaves_nothing_behind(gateway_in_memory, settings, now):
    with pytest.raises(InvalidPhone):
        sign_in.request_code(phone="call me", now=now)
    settings.SMS_COUNTRIES = ["RU"]
    with pytest.raises(CountryNotAllowed):
        sign_in.request_code(phone="+380501234567", now=now)
    assert (PhoneSignIn.objects.of_numbers().count(), gateway_in_memory.outbox) == (0, [])


def test_during_the_cooldown_nothing_is_sent_and_the_first_code_stays_valid(gateway_in_memory, now):
    number = new_number()
    code = sent_code(number, now)
    with pytest.raises(RateLimited) as refused:
        sign_in.request_code(phone=number, now=now + minutes(0.5))
    assert refused.value.retry_at == now + minutes(1)
    assert len(gateway_in_memory.outbox) == 1
    assert verify(number, code, now + minutes(0.5)).is_new_user


def test_after_the_last_send_of_the_hour_resend_at_is_exact(gateway_in_memory, now):
    number = new_number()
    for minute in range(5):
        sent = sign_in.request_code(phone=number, now=now + minutes(minute))
    assert sent.resend_at == now + minutes(60)
    with pytest.raises(RateLimited) as refused:
        sign_in.request_code(phone=number, now=now + minutes(59))
    assert refused.value.retry_at == now + minutes(60)
    sign_in.request_code(phone=number, now=now + minutes(60))


def test_the_row_holds_no_number_and_no_code(gateway_in_memory, now):
    sent_code("+79110000001", now)
    row = PhoneSignIn.objects.of_numbers().get()
    texts = [str(text) for text in (row.phone_hash, row.code_mac, row.code_salt)]
    assert [len(text) for text in texts] == [64, 64, 32]
    assert all(re.fullmatch("[0-9a-f]+", text) for text in texts)
    assert "9110000001" not in str(PhoneSignIn.objects.of_numbers().values().get())


def test_in_demonstration_mode_the_answer_carries_the_code_except_for_staff(gateway_in_memory, settings, now):
    settings.DEMO_CODES = True
    sent = sign_in.request_code(phone=new_number(), now=now)
    assert sent.demo_code == code_in(gateway_in_memory.outbox[-1][1])
    admin = User.objects.create_superuser("+79120000000", "password")
    assert sign_in.request_code(phone=admin.phone, now=now).demo_code is None


def test_the_text_is_in_the_active_language(gateway_in_memory, now):
    sign_in.request_code(phone=new_number(), now=now)
    with translation.override("ru"):
        sign_in.request_code(phone=new_number(), now=now)
    english, russian = (text for _, text in gateway_in_memory.outbox)
    assert english.startswith("Your sign-in code: ")
    assert russian.startswith("Код входа: ")


def test_a_refused_send_is_given_back(gateway_in_memory, now):
    number = new_number()
    gateway_in_memory.outcomes.append(Outcome.REFUSED)
    with pytest.raises(DeliveryFailed):
        sign_in.request_code(phone=number, now=now)
    assert row_of(number).sends == []
    assert sign_in.request_code(phone=number, now=now).resend_at == now + minutes(1)


def test_a_process_that_dies_while_the_gateway_works_costs_a_cooldown(gateway_in_memory, now, monkeypatch):
    number = new_number()
    with monkeypatch.context() as dying:
        dying.setattr("referral.sign_in.delivery.send", lambda number, text: sys.exit())
        with pytest.raises(SystemExit):
            sign_in.request_code(phone=number, now=now)
    with pytest.raises(RateLimited):
        sign_in.request_code(phone=number, now=now + minutes(0.9))
    assert verify(number, sent_code(number, now + minutes(1)), now + minutes(1)).is_new_user


def test_after_an_unknown_outcome_the_send_is_counted_and_the_code_is_valid(gateway_in_memory, now):
    number = new_number()
    gateway_in_memory.outcomes.append(Outcome.UNKNOWN)
    with pytest.raises(DeliveryFailed):
        sign_in.request_code(phone=number, now=now)
    assert row_of(number).sends == [now]
    assert verify(number, code_in(gateway_in_memory.outbox[-1][1]), now).is_new_user


def test_a_gateway_that_raises_has_an_unknown_outcome_and_logs_no_code(
    gateway_in_memory, now, monkeypatch, caplog
):
    def broken(self, to, text):
        raise OSError(text)

    monkeypatch.setattr(MemoryGateway, "send", broken)
    number = new_number()
    with pytest.raises(DeliveryFailed):
        sign_in.request_code(phone=number, now=now)
    assert row_of(number).cooldown_waived
    told = [record.getMessage() for record in caplog.records]
    assert told == ["memory (1) did not take a text: it raised OSError"]
    assert caplog.records[0].exc_info is None


@pytest.mark.django_db(transaction=True)
def test_a_send_that_fails_after_its_code_was_used_changes_nothing(gateway_in_memory, now, monkeypatch):
    number = new_number()

    def sign_in_meanwhile(self, to, text):
        verify(to, code_in(text), now)
        connection.close()
        return Report(Outcome.REFUSED)

    monkeypatch.setattr(MemoryGateway, "send", sign_in_meanwhile)
    with pytest.raises(DeliveryFailed):
        sign_in.request_code(phone=number, now=now)
    assert row_of(number).sends == [now]
    assert not row_of(number).cooldown_waived


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_the_gateway_works(gateway_in_memory, now, monkeypatch):
    held, of_the_request = [], connections["default"]

    def look(self, to, text):
        held.append(of_the_request.connection)
        return TAKEN

    monkeypatch.setattr(MemoryGateway, "send", look)
    sign_in.request_code(phone=new_number(), now=now)
    assert held == [None]


def test_known_and_unknown_numbers_take_the_same_statements(
    gateway_in_memory, now, django_assert_num_queries
):
    number = new_number()
    verify(number, sent_code(number, now), now)
    for known_or_not in (number, new_number()):
        with django_assert_num_queries(6):  # guarded, savepoint, insert or lock, update, event, release
            sign_in.request_code(phone=known_or_not, now=now + minutes(10))


def test_after_five_wrong_guesses_the_next_code_has_six_digits(gateway_in_memory, now):
    number = new_number()
    code = sent_code(number, now)
    for _ in range(5):
        with pytest.raises(WrongCode):
            verify(number, wrong(code), now)
    assert sign_in.request_code(phone=number, now=now + minutes(1)).code_length == 6
