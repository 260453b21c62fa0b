from datetime import datetime
from typing import Annotated

import strawberry
from django.utils import timezone

from referral import sign_in
from schema.context import Info
from schema.problems import CountryNotAllowed, DeliveryFailed, InvalidPhone, RateLimited
from schema.scalars import PhoneNumber


@strawberry.type(description="A code was sent to the phone.")
class CodeSent:
    phone: PhoneNumber = strawberry.field(description="The number in E.164.")
    code_length: int = strawberry.field(
        description="How many digits the code has: usually 4, more while the number or the service is "
        "under attack. Clients must read it, not assume it."
    )
    expires_at: datetime = strawberry.field(description="When the code expires.")
    resend_at: datetime = strawberry.field(description="When another code can be requested.")
    demo_code: str | None = strawberry.field(
        description="The code itself in demonstration mode, otherwise null."
    )


RequestCodeResult = Annotated[
    CodeSent | InvalidPhone | CountryNotAllowed | RateLimited | DeliveryFailed,
    strawberry.union("RequestCodeResult", description="The result of `requestCode`."),
]


@strawberry.mutation(
    description="Step one: send a sign-in code to a phone number. The answer does not depend on whether the "
    "number has an account."
)
def request_code(
    info: Info,
    phone: Annotated[str, strawberry.argument(description="The phone number, in any common format.")],
) -> RequestCodeResult:
    sent = sign_in.request_code(phone=phone, client=info.context.client, now=timezone.now())
    return CodeSent(
        phone=PhoneNumber(sent.phone),
        code_length=sent.code_length,
        expires_at=sent.expires_at,
        resend_at=sent.resend_at,
        demo_code=sent.demo_code,
    )
