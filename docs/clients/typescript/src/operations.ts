import { graphql } from "./generated/gql.ts";

export const RequestCode = graphql(`
  mutation RequestCode($phone: String!) {
    requestCode(phone: $phone) {
      __typename
      ... on CodeSent { phone codeLength expiresAt resendAt demoCode }
      ... on RateLimited { retryAt }
      ... on Problem { message }
    }
  }
`);

export const VerifyCode = graphql(`
  mutation VerifyCode($phone: String!, $code: String!, $inviteCode: String) {
    verifyCode(phone: $phone, code: $code, inviteCode: $inviteCode) {
      __typename
      ... on SignedIn {
        accessToken
        refreshToken
        isNewUser
        invite { __typename ... on Problem { message } }
      }
      ... on WrongCode { attemptsLeft }
      ... on RateLimited { retryAt }
      ... on Problem { message }
    }
  }
`);

export const RefreshSession = graphql(`
  mutation RefreshSession($refreshToken: String!) {
    refreshSession(refreshToken: $refreshToken) {
      __typename
      ... on SessionRefreshed { accessToken refreshToken }
      ... on Problem { message }
    }
  }
`);

export const SignOut = graphql(`
  mutation SignOut($everywhere: Boolean!) {
    signOut(everywhere: $everywhere) { count }
  }
`);

export const Me = graphql(`
  query Me {
    me { id phone inviteCode inviteLink activatedCode invitedCount invitedPhones }
  }
`);

export const ActivateInvite = graphql(`
  mutation ActivateInvite($code: String!) {
    activateInvite(code: $code) {
      __typename
      ... on InviteActivated { user { id activatedCode } }
      ... on InviteAlreadyActivated { activatedCode }
      ... on RateLimited { retryAt }
      ... on Problem { message }
    }
  }
`);
