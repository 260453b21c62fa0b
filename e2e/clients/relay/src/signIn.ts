import { graphql } from "react-relay";

export const requestCode = graphql`
  mutation signInRequestCodeMutation($phone: String!) {
    requestCode(phone: $phone) {
      __typename
      ... on CodeSent { phone codeLength expiresAt resendAt }
      ... on RateLimited { retryAt }
      ... on Problem { message }
    }
  }
`;

export const verifyCode = graphql`
  mutation signInVerifyCodeMutation($phone: String!, $code: String!, $inviteCode: String) {
    verifyCode(phone: $phone, code: $code, inviteCode: $inviteCode) {
      __typename
      ... on SignedIn {
        accessToken
        refreshToken
        user { ...Profile_user }
        invite { __typename ... on Problem { message } }
      }
      ... on WrongCode { attemptsLeft }
      ... on Problem { message }
    }
  }
`;
