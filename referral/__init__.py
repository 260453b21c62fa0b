"""The domain: phone numbers, sign-in, sessions and invites. Independent of GraphQL and HTTP."""
