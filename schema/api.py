"""The schema object and the operations in it."""

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.tools import create_type

from schema.errors import REFUSALS
from schema.mutations.activate_invite import activate_invite
from schema.mutations.delete_account import delete_account
from schema.mutations.end_session import end_session
from schema.mutations.refresh_session import refresh_session
from schema.mutations.request_code import request_code
from schema.mutations.sign_out import sign_out
from schema.mutations.verify_code import verify_code
from schema.queries.me import me
from schema.queries.sessions import sessions
from schema.queries.user import user
from schema.scalars import SCALARS


class Schema(strawberry.Schema):
    def _extend_introspection(self) -> None:
        """Keep graphql-core's resolver of `isOneOf`. Strawberry's raises for a list or a non-null type."""


schema = Schema(
    query=create_type("Query", [me, user, sessions], description="What the viewer can read."),
    mutation=create_type(
        "Mutation",
        [
            request_code,
            verify_code,
            activate_invite,
            refresh_session,
            sign_out,
            end_session,
            delete_account,
        ],
        description="Operations that change data. Expected refusals are members of the result unions.",
    ),
    config=StrawberryConfig(scalar_map=SCALARS),
    exception_handlers=REFUSALS,
)
