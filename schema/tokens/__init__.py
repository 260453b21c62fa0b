"""Access tokens, and the pair that a client holds. Refresh tokens: referral/sessions/refresh_tokens.py."""
