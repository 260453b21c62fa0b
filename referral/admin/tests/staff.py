"""Members of staff, and what they do in the admin."""

from django.contrib.auth.models import Permission
from django.urls import reverse

from referral.tests.factories import new_user


def staff(*permissions):
    """A member of staff with these permissions, such as "view_user"."""
    user = new_user()
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def changelist(model):
    return reverse(f"admin:referral_{model}_changelist")


def change(user):
    return reverse("admin:referral_user_change", args=[user.id])


def act(client, model, action, *ids, **form):
    """Run an action on rows."""
    chosen = {"action": action, "_selected_action": [str(id_) for id_ in ids]}
    return client.post(changelist(model), chosen | form, follow=True)
