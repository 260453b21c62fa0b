// The flow that every client library runs. A user is { client, tokens, ask(document, variables) }; ask returns the data.

import assert from "node:assert/strict";
import { parse } from "graphql";

const REQUEST_CODE = parse(`
  mutation RequestCode($phone: String!) {
    requestCode(phone: $phone) { __typename ... on CodeSent { phone demoCode } ... on Problem { code message } }
  }
`);
const VERIFY_CODE = parse(`
  mutation VerifyCode($phone: String!, $code: String!) {
    verifyCode(phone: $phone, code: $code) {
      __typename
      ... on SignedIn { accessToken refreshToken user { id inviteCode } }
      ... on Problem { code message }
    }
  }
`);
const REFRESH_SESSION = parse(`
  mutation RefreshSession($refreshToken: String!) {
    refreshSession(refreshToken: $refreshToken) {
      __typename
      ... on SessionRefreshed { accessToken refreshToken }
      ... on Problem { code message }
    }
  }
`);
const ACTIVATE_INVITE = parse(`
  mutation ActivateInvite($code: String!) {
    activateInvite(code: $code) {
      __typename
      ... on InviteActivated { user { id activatedCode } }
      ... on Problem { code message }
    }
  }
`);
export const ME = parse("query Me { me { id phone inviteCode activatedCode invitedPhones } }");
export const INVITEES = parse(`
  query Invitees($first: Int, $after: String) {
    me {
      id
      invitees(first: $first, after: $after) {
        edges { cursor node { id phone invitedAt } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
`);

/** Sign in Anna, Boris and Clara. Anna invites Boris, then Clara. */
export async function flow(newUser) {
  const digits = String(Date.now()).slice(-7); // unused numbers
  const phones = [`+7911${digits}`, `+7912${digits}`, `+7913${digits}`];
  const users = await Promise.all(phones.map((phone) => signIn(newUser(), phone)));
  const [anna, ...invited] = users;

  const { me } = await anna.ask(ME);
  assert.equal(me.phone, phones[0]);
  for (const user of invited) {
    assert.equal((await user.ask(ME)).me.activatedCode, null);
    const { activateInvite } = await user.ask(ACTIVATE_INVITE, { code: me.inviteCode });
    assert.equal(activateInvite.user.activatedCode, me.inviteCode);
    assert.equal((await user.ask(ME)).me.activatedCode, me.inviteCode); // from the cache or the server
  }
  const refused = (await anna.ask(ACTIVATE_INVITE, { code: me.inviteCode })).activateInvite;
  assert.deepEqual([refused.__typename, refused.code], ["OwnInvite", "OWN_INVITE"]);
  assert.ok(refused.message);

  const { refreshSession } = await anna.ask(REFRESH_SESSION, anna.tokens);
  assert.equal(refreshSession.__typename, "SessionRefreshed");
  anna.tokens = tokensOf(refreshSession);
  return { anna, newestFirst: phones.slice(1).reverse() };
}

async function signIn(user, phone) {
  const { requestCode } = await user.ask(REQUEST_CODE, { phone });
  assert.equal(requestCode.phone, phone);
  const { verifyCode } = await user.ask(VERIFY_CODE, { phone, code: requestCode.demoCode });
  user.tokens = tokensOf(verifyCode);
  return user;
}

const tokensOf = ({ accessToken, refreshToken }) => ({ accessToken, refreshToken });

export const phonesOn = (page) => page.edges.map((edge) => edge.node.phone);
