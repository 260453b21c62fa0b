"""Access tokens, and the token pair of a client. Refresh tokens: referral/sessions/refresh_tokens.py."""
