from datetime import datetime
from typing import Annotated

import strawberry
from django.utils import timezone

from referral import accounts
from schema.context import Info
from schema.problems import PhoneMismatch


@strawberry.type(description="The account is erased and its sessions have ended.")
class AccountDeleted:
    deleted_at: datetime = strawberry.field(description="When the account was erased.")


DeleteAccountResult = Annotated[
    AccountDeleted | PhoneMismatch,
    strawberry.union("DeleteAccountResult", description="The result of `deleteAccount`."),
]


@strawberry.mutation(
    description="Erase the viewer's personal data and end all their sessions. The counts of the viewer's "
    "inviter and invitees do not change."
)
def delete_account(
    info: Info,
    phone: Annotated[str, strawberry.argument(description="The viewer's own number, as confirmation.")],
) -> DeleteAccountResult:
    accounts.delete(user=info.context.session.user, phone=phone)
    info.context.forget_session()
    return AccountDeleted(deleted_at=timezone.now())
