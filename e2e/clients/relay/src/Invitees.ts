import { graphql, usePaginationFragment } from "react-relay";
import type { InviteesPage } from "./__generated__/InviteesPage.graphql";
import type { Invitees_query$key } from "./__generated__/Invitees_query.graphql";

// On Query, because the schema has no `node(id:)` with which Relay could refetch a user.
const invitees = graphql`
  fragment Invitees_query on Query
  @refetchable(queryName: "InviteesPage")
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" }) {
    me {
      invitees(first: $count, after: $cursor) @connection(key: "Invitees_invitees") {
        edges {
          node { id phone invitedAt }
        }
      }
    }
  }
`;

export const useInvitees = (query: Invitees_query$key) =>
  usePaginationFragment<InviteesPage, Invitees_query$key>(invitees, query);
