"""The domain: phone numbers, sign-in, sessions, invites. Knows nothing of GraphQL or HTTP."""
