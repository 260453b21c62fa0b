// The GraphQL client and the session. The access token is kept in memory and shared with other tabs; the refresh
// token is kept in localStorage, so that the session survives a reload (docs/adr/0007).

import { alone, channel, shared } from "./browser.js";
import { learn, now } from "./clock.js";
import { language, t } from "./texts.js";

const ENDPOINT = "/graphql";
const KEPT = "refreshToken";
const EARLY = 30_000; // milliseconds before its expiry at which an access token is refreshed

let access = null; // { token, expiresAt }, in milliseconds of the server's clock
const ended = new EventTarget();
const tellTabs = channel("session", (told) => {
  access = told && { token: told.token, expiresAt: now() + told.remaining };
  if (!told) ended.dispatchEvent(new Event("ended"));
});

/** There was no valid response: no network, or the server is unavailable or broken. */
export class Unreachable extends Error {}

/** The message for an Unreachable, or for a module that cannot be loaded. Rethrows any other error. */
export function trouble(error) {
  if (!(error instanceof Unreachable) && !/import|module/i.test(error.message)) throw error;
  return t(navigator.onLine ? "broken" : "offline");
}

/** Call back when the session ends, here or in another tab. */
export function onEnd(callback) {
  ended.addEventListener("ended", callback);
}

export const isSignedIn = () => shared.get(KEPT) !== null;

/** Store a new pair of tokens, and share it with the other tabs. */
export function keep({ accessToken, accessTokenExpiresAt, refreshToken }) {
  access = { token: accessToken, expiresAt: Date.parse(accessTokenExpiresAt) };
  shared.set(KEPT, refreshToken);
  tellTabs({ token: access.token, remaining: access.expiresAt - now() });
}

/** Forget the session, here and in the other tabs. */
export function forget() {
  access = null;
  shared.remove(KEPT);
  tellTabs(null);
  ended.dispatchEvent(new Event("ended"));
}

/** Run an operation, authenticated if signed in. Returns the value of its only field. Throws Unreachable. */
export async function run(query, variables = {}) {
  let answer = await post(query, variables, await accessToken());
  if (isRefused(answer) && isSignedIn()) {
    access = null;
    answer = await post(query, variables, await accessToken());
  }
  if (isRefused(answer)) {
    forget();
    return null;
  }
  if (!answer.data) throw new Unreachable(answer.errors?.[0]?.message);
  return Object.values(answer.data)[0];
}

const isRefused = ({ errors }) => errors?.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED");

async function accessToken() {
  if (!isSignedIn()) return null;
  if (!access || now() > access.expiresAt - EARLY) await refresh();
  return access?.token ?? null;
}

/**
 * Refresh the session, one tab at a time. A tab that had to wait uses the result of the other. Without Web Locks two
 * tabs may refresh at once; both get the same refresh token.
 */
async function refresh() {
  const before = access;
  await alone("refresh", async () => {
    await new Promise((resolve) => setTimeout(resolve)); // let pending messages from other tabs arrive
    const refreshToken = shared.get(KEPT);
    if (!refreshToken || access !== before) return;
    const { data } = await post(
      `mutation ($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) {
        __typename ... on SessionRefreshed { accessToken accessTokenExpiresAt refreshToken } } }`,
      { refreshToken },
    );
    if (data?.refreshSession.__typename === "SessionRefreshed") keep(data.refreshSession);
    else if (data?.refreshSession.__typename === "InvalidRefreshToken") forget();
    else throw new Unreachable();
  });
}

async function post(query, variables, token) {
  const headers = { "Content-Type": "application/json", "Accept-Language": language() };
  if (token) headers.Authorization = `Bearer ${token}`;
  try {
    const response = await fetch(ENDPOINT, {
      method: "POST", credentials: "omit", headers, body: JSON.stringify({ query, variables }),
    });
    learn(response);
    return await response.json();
  } catch (error) {
    throw new Unreachable(error.message);
  }
}
