from datetime import datetime
from typing import Annotated

import strawberry
from django.utils import timezone

from referral import sign_in
from schema.context import Info
from schema.problems import CountryNotAllowed, DeliveryFailed, InvalidPhone, RateLimited
from schema.scalars import PhoneNumber


@strawberry.type(description="A code is on its way to the phone.")
class CodeSent:
    phone: PhoneNumber = strawberry.field(description="The number as it was understood.")
    code_length: int = strawberry.field(
        description="Digits to ask for: 4, and more while a number or the service is under attack. "
        "Clients must read it, not assume it."
    )
    expires_at: datetime = strawberry.field(description="When the code stops working.")
    resend_at: datetime = strawberry.field(description="When another code can be asked for.")
    demo_code: str | None = strawberry.field(
        description="The code itself, in demonstration mode only; otherwise null."
    )


RequestCodeResult = Annotated[
    CodeSent | InvalidPhone | CountryNotAllowed | RateLimited | DeliveryFailed,
    strawberry.union("RequestCodeResult", description="What became of a request for a code."),
]


@strawberry.mutation(
    description="Step one: send a sign-in code to a phone number. Known and unknown numbers get the "
    "same answer after the same work."
)
def request_code(
    info: Info,
    phone: Annotated[str, strawberry.argument(description="In any usual spelling.")],
) -> RequestCodeResult:
    sent = sign_in.request_code(phone=phone, client=info.context.client, now=timezone.now())
    return CodeSent(
        phone=PhoneNumber(sent.phone),
        code_length=sent.code_length,
        expires_at=sent.expires_at,
        resend_at=sent.resend_at,
        demo_code=sent.demo_code,
    )
