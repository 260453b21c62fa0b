"""The GraphQL documents of the benchmarks."""

ME = """{ me {
  id phone inviteCode inviteLink activatedCode invitedCount invitedPhones(first: 20) createdAt
} }"""
REQUEST_CODE = """mutation ($phone: String!) { requestCode(phone: $phone) {
  __typename ... on CodeSent { codeLength expiresAt resendAt } ... on Problem { code message }
} }"""
VERIFY_CODE = """mutation ($phone: String!, $code: String!) { verifyCode(phone: $phone, code: $code) {
  __typename
  ... on SignedIn {
    accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt isNewUser user { phone inviteCode }
  }
  ... on Problem { code message }
} }"""
ACTIVATE_INVITE = """mutation ($code: String!) { activateInvite(code: $code) {
  __typename ... on InviteActivated { user { activatedCode } } ... on Problem { code message }
} }"""
REFRESH_SESSION = """mutation ($token: String!) { refreshSession(refreshToken: $token) {
  __typename
  ... on SessionRefreshed { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }
  ... on Problem { code message }
} }"""
