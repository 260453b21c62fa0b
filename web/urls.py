from django.urls import path, re_path

from web.views import page, qr_picture

urlpatterns = [
    path("", page, name="page"),
    re_path(r"^i/(?P<invite_code>[^/]{1,40})$", page, name="invite"),
    re_path(r"^i/(?P<invite_code>[0-9A-Z]{6,16})/qr\.svg$", qr_picture, name="qr"),
]
