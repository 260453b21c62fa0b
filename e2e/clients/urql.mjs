// urql: the flow, queries by GET (its default), and pagination by cursor.

import assert from "node:assert/strict";
import { cacheExchange, Client, fetchExchange } from "@urql/core";
import { flow, INVITEES, ME, phonesOn } from "./flow.mjs";

const [, , url] = process.argv;
const methods = new Set();

function newUser() {
  const user = { tokens: null };
  user.client = new Client({
    url,
    exchanges: [cacheExchange, fetchExchange],
    fetchOptions: () => (user.tokens ? { headers: { authorization: `Bearer ${user.tokens.accessToken}` } } : {}),
    fetch(url, options) {
      methods.add(options.method);
      return fetch(url, options);
    },
  });
  user.ask = async (document, variables = {}) => {
    const mutates = document.definitions[0].operation === "mutation";
    const { data, error } = await user.client[mutates ? "mutation" : "query"](document, variables);
    if (error) throw error;
    return data;
  };
  return user;
}

const { anna, newestFirst } = await flow(newUser);
assert.deepEqual([...methods].sort(), ["GET", "POST"]);

const seen = [];
let pageInfo = { endCursor: null, hasNextPage: true };
while (pageInfo.hasNextPage) {
  const { me } = await anna.ask(INVITEES, { first: 1, after: pageInfo.endCursor });
  seen.push(...phonesOn(me.invitees));
  pageInfo = me.invitees.pageInfo;
}
assert.deepEqual(seen, newestFirst);

const { data } = await anna.client.query(ME, {}, { requestPolicy: "network-only" });
assert.deepEqual(data.me.invitedPhones, newestFirst);
console.log("ok");
