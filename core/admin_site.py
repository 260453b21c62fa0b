"""The admin's sign-in form and site."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from referral.refusals import RateLimited
from referral.sign_in.passwords import spend_password
from referral.telemetry import log_context
from web import brand


class SignInForm(AdminAuthenticationForm):
    """Phone number and password. A password is checked only within the budgets of number, client and all."""

    def clean(self) -> dict[str, Any]:
        phone = self.cleaned_data.get("username")
        try:
            if phone and self.cleaned_data.get("password"):  # otherwise none is hashed
                spend_password(phone=phone, client=self.request.client)  # type: ignore[union-attr]
        except RateLimited as refused:
            log_context.add(outcome=refused.code)
            raise ValidationError(gettext("Too many attempts. Wait an hour, then try again.")) from None
        return super().clean()


class AdminSite(admin.AdminSite):
    """Django's admin site with our sign-in form and the brand's name."""

    login_form = SignInForm

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What every page of the admin shows, under the brand's name."""
        return super().each_context(request) | {"site_header": brand.name(), "site_title": brand.name()}

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Django's view with our form."""
        from referral.admin.forms import OwnPasswordForm  # noqa: PLC0415, referral.admin imports the site

        context = self.each_context(request) | (extra_context or {})
        done = reverse("admin:password_change_done")
        view = PasswordChangeView.as_view(form_class=OwnPasswordForm, success_url=done, extra_context=context)
        return view(request)

    def get_urls(self) -> list[Any]:
        """Drop view_on_site: no object has a page, and the view raises on ids that are not UUIDs."""
        return [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]
