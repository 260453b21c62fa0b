from django.urls import path, re_path

from web.views import brand_styles, page, qr_picture

# A code, perhaps with quotes or brackets around it or the end of a sentence behind it. Sign-in checks it.
INVITE = r"^i/(?:[^\w/]|_){0,40}(?P<invite_code>[^\W_](?:[^\W_]|[ -]){4,38}[^\W_])[\W_]{0,40}$"
BRAND = r"^brand/(?P<first>[0-9a-f]{6})(?:-(?P<second>[0-9a-f]{6}))?\.css$"

urlpatterns = [
    path("", page, name="page"),
    re_path(INVITE, page, name="invite"),
    re_path(r"^i/(?P<invite_code>[0-9A-Z]{6,16})/qr\.svg$", qr_picture, name="qr"),
    re_path(BRAND, brand_styles, name="brand"),
]
