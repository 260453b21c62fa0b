"""The usual alternative: the same profile from a Django REST Framework view, at /me.

It takes three statements: Simple JWT loads the user, the view loads the profile, then the phones.
"""

from django.conf import settings
from django.urls import path
from rest_framework import serializers
from rest_framework.generics import RetrieveAPIView, get_object_or_404

from referral.models import User

FIRST = 20


class ProfileSerializer(serializers.ModelSerializer[User]):
    """The signed-in user's own profile."""

    invite_link = serializers.SerializerMethodField()
    activated_code = serializers.CharField(source="referral_as_invitee.code", default=None)
    invited_phones = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields = (
            "id",
            "phone",
            "invite_code",
            "invite_link",
            "activated_code",
            "invited_count",
            "invited_phones",
            "created_at",
        )

    def get_invite_link(self, user: User) -> str:
        return f"{settings.PUBLIC_URL}/i/{user.invite_code}"

    def get_invited_phones(self, user: User) -> list[str | None]:
        invited = User.objects.filter(referral_as_invitee__inviter=user, phone__isnull=False)
        newest_first = invited.order_by("-referral_as_invitee__created_at")
        return list(newest_first.values_list("phone", flat=True)[:FIRST])


class ProfileView(RetrieveAPIView[User]):
    """The viewer's profile."""

    serializer_class = ProfileSerializer

    queryset = User.objects.select_related("referral_as_invitee")

    def get_object(self) -> User:
        return get_object_or_404(self.get_queryset(), pk=self.request.user.pk)


urlpatterns = [path("me", ProfileView.as_view())]
