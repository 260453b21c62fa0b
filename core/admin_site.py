"""The admin's front door: passwords are guessed here, so guesses are counted."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from referral import crypto, log_facts, phone_numbers
from referral.rate_limits import spend
from referral.refusals import InvalidPhone
from referral.windows import Limit
from schema import client

PER_ADDRESS = Limit(30, timedelta(hours=1))
PER_NUMBER = Limit(10, timedelta(hours=1))


class SignInForm(AdminAuthenticationForm):
    """A phone number and a password, looked at only within the budgets of the number and the address."""

    def clean(self) -> dict[str, Any]:
        if not self._within_budgets():
            log_facts.note_outcome("RATE_LIMITED")
            raise ValidationError(gettext("Too many attempts. Wait an hour, then try again."))
        return super().clean()

    def _within_budgets(self) -> bool:
        network = client.network(self.request)  # type: ignore[arg-type]  # the site passes it
        if network and spend(PER_ADDRESS, "admin address", network):
            return False
        try:
            number = phone_numbers.parse(self.cleaned_data.get("username", ""))
        except InvalidPhone:
            return True
        log_facts.note(phone=log_facts.mask(number))
        return not spend(PER_NUMBER, "admin number", crypto.phone_hash(number))


class AdminSite(admin.AdminSite):
    """Django's, with our form at the door."""

    site_header = site_title = "Referral"
    login_form = SignInForm

    def get_urls(self) -> list[Any]:
        """No object has a page elsewhere, and Django's redirect to it raises on ids that are no UUIDs."""
        return [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]
