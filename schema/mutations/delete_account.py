from datetime import datetime
from typing import Annotated

import strawberry
from django.utils import timezone

from referral import accounts
from schema.context import Info
from schema.problems import PhoneMismatch


@strawberry.type(description="The account is gone, and so are its sessions.")
class AccountDeleted:
    deleted_at: datetime = strawberry.field(description="When.")


DeleteAccountResult = Annotated[
    AccountDeleted | PhoneMismatch,
    strawberry.union("DeleteAccountResult", description="What became of an account."),
]


@strawberry.mutation(
    description="Erase the viewer's personal data. Whoever they invited, and whoever invited them, keep "
    "their counts."
)
def delete_account(
    info: Info,
    phone: Annotated[str, strawberry.argument(description="The viewer's own number, to confirm it.")],
) -> DeleteAccountResult:
    accounts.delete(user=info.context.session.user, phone=phone)
    info.context.forget_session()
    return AccountDeleted(deleted_at=timezone.now())
