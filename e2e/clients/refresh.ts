// Runs beside docs/clients/typescript/src/client.ts: parallel requests with an invalid access token, and what they send.

import assert from "node:assert/strict";
import { me, requestCode, signOut, verifyCode } from "./account.ts";
import { Client, inMemory } from "./client.ts";

const [, , url] = process.argv as [string, string, string];
const sent: string[] = [];
let refreshed = () => {};
let hold: Promise<void> | null = null; // delays the next response
let offline = false;

const send = globalThis.fetch;
globalThis.fetch = async (target, options) => {
  const [, name] = /(?:query|mutation) (\w+)/.exec(String(options?.body)) as unknown as [string, string];
  sent.push(name);
  if (offline && name === "RefreshSession") throw new TypeError("fetch failed");
  const held = hold;
  hold = null;
  const answer = await send(target, options);
  await held;
  return answer;
};
const count = (name: string) => sent.filter((each) => each === name).length;
const fiveAtOnce = () => Promise.allSettled(Array.from({ length: 5 }, () => me(client)));

const memory = inMemory();
const store = { ...memory, set(tokens: ReturnType<typeof memory.get>) { memory.set(tokens); refreshed(); } };
const client = new Client(url, store);
const phone = `+7914${String(Date.now()).slice(-7)}`;
const { demoCode } = await requestCode(client, phone);
await verifyCode(client, phone, demoCode ?? "");
const signedIn = store.get()!;

// Five requests fail, and the first gets its response only after the others have refreshed.
store.set({ ...signedIn, accessToken: "dead" });
hold = new Promise((resolve) => { refreshed = resolve; });
sent.length = 0;
const answers = await fiveAtOnce();
assert.deepEqual(answers.map((each) => each.status === "fulfilled" && each.value.phone), Array(5).fill(phone));
assert.deepEqual([count("Me"), count("RefreshSession")], [10, 1]);
assert.notEqual(store.get()!.refreshToken, signedIn.refreshToken);

// A refresh that fails on the network does not sign the user out.
const { refreshToken } = store.get()!;
store.set({ accessToken: "dead", refreshToken });
offline = true;
assert.ok((await fiveAtOnce()).every((each) => each.status === "rejected"));
assert.equal(store.get()!.refreshToken, refreshToken);
offline = false;
assert.equal((await me(client)).phone, phone);

// Other errors do not cause a refresh.
sent.length = 0;
await assert.rejects(me(new Client(`${url}/nowhere`, store)));
assert.deepEqual(sent, ["Me"]);

// The session was ended elsewhere: the client refreshes once, forgets the tokens, and does not try again.
await signOut(new Client(url, inMemory(store.get())), true);
sent.length = 0;
const refusals = (await fiveAtOnce()).map((each) => each.status === "rejected" && each.reason.code);
assert.deepEqual(refusals, Array(5).fill("UNAUTHENTICATED"));
assert.deepEqual([count("Me"), count("RefreshSession"), store.get()], [5, 1, null]);
await assert.rejects(me(client));
assert.equal(count("RefreshSession"), 1);
console.log("ok");
