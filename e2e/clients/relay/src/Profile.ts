import { graphql } from "react-relay";

export const user = graphql`
  fragment Profile_user on User {
    id
    phone
    inviteCode
    inviteLink
    activatedCode
    invitedCount
  }
`;

export const query = graphql`
  query ProfileQuery {
    me { ...Profile_user }
    ...Invitees_query
  }
`;

// Relay updates the cached user by its id.
export const activateInvite = graphql`
  mutation ProfileActivateInviteMutation($code: String!) {
    activateInvite(code: $code) {
      __typename
      ... on InviteActivated { user { ...Profile_user } }
      ... on InviteAlreadyActivated { activatedCode }
      ... on Problem { message }
    }
  }
`;
