// Apollo Client 4: the flow, the fallback from persisted queries, and pagination in the cache.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import { buildSchema, OperationTypeNode } from "graphql";
import { flow, INVITEES, ME, phonesOn } from "./flow.mjs";

const [, , uri, sdl] = process.argv;
const schema = buildSchema(readFileSync(sdl, "utf8"));
const problems = schema.getPossibleTypes(schema.getType("Problem")).map(({ name }) => name);

function newUser() {
  const user = { bodies: [], tokens: null };
  const http = new HttpLink({
    uri,
    fetch(url, options) {
      user.bodies.push(JSON.parse(options.body));
      return fetch(url, options);
    },
  });
  const auth = new SetContextLink(({ headers }) => ({
    headers: user.tokens ? { ...headers, authorization: `Bearer ${user.tokens.accessToken}` } : headers,
  }));
  const persisted = new PersistedQueryLink({ sha256: (text) => createHash("sha256").update(text).digest("hex") });
  user.client = new ApolloClient({
    link: ApolloLink.from([persisted, auth, http]),
    cache: new InMemoryCache({
      possibleTypes: { Problem: problems },
      typePolicies: { User: { fields: { invitees: relayStylePagination() } } },
    }),
  });
  user.ask = async (document, variables) => {
    const mutates = document.definitions[0].operation === OperationTypeNode.MUTATION;
    const { data } = mutates
      ? await user.client.mutate({ mutation: document, variables })
      : await user.client.query({ query: document, variables });
    return data;
  };
  return user;
}

const { anna, newestFirst } = await flow(newUser);

// The server declines the hash once. After that the client sends full queries without a hash.
const [first, ...rest] = anna.bodies;
assert.ok(!first.query && first.extensions.persistedQuery.sha256Hash);
assert.ok(rest.length > 3 && rest.every((body) => body.query && !body.extensions?.persistedQuery));

const newest = { query: INVITEES, variables: { first: 1 } };
const pages = anna.client.watchQuery(newest);
const watching = pages.subscribe(() => {});
const page = (await anna.client.query(newest)).data.me.invitees;
assert.deepEqual([phonesOn(page), page.pageInfo.hasNextPage], [newestFirst.slice(0, 1), true]);
await pages.fetchMore({ variables: { after: page.pageInfo.endCursor } });
const both = anna.client.readQuery(newest).me.invitees; // the cache merged the pages
assert.deepEqual([phonesOn(both), both.pageInfo.hasNextPage], [newestFirst, false]);
watching.unsubscribe();

const { data } = await anna.client.query({ query: ME, fetchPolicy: "network-only" });
assert.deepEqual(data.me.invitedPhones, newestFirst);
console.log("ok");
