// The GraphQL client and the session. The access token is kept in memory and shared with other tabs; the refresh
// token is kept in localStorage, so that the session survives a reload (docs/adr/0007).

import { alone, channel, shared } from "./browser.js";
import { learn, now } from "./clock.js";
import { language, t } from "./texts.js";

const ENDPOINT = "/graphql";
const KEPT = "refreshToken";
const EARLY = 30_000; // milliseconds before its expiry at which an access token is refreshed
const PATIENCE = 20_000; // milliseconds to wait for an answer

let access = null; // { token, expiresAt }, in milliseconds of the server's clock
const ended = new EventTarget();
const tellTabs = channel("session", (told) => {
  access = told && { token: told.token, expiresAt: now() + told.remaining };
  if (!told) ended.dispatchEvent(new Event("ended"));
});

/** There was no valid response: the server is unavailable or broken. */
export class Unreachable extends Error {}

/** There was no response at all. The request may have arrived all the same. */
export class NoAnswer extends Unreachable {}

/** The message for an Unreachable, or for a module that cannot be loaded. Rethrows any other error. */
export function trouble(error) {
  if (error instanceof NoAnswer || /import|module/i.test(error.message)) return t("offline");
  if (error instanceof Unreachable) return t("broken");
  throw error;
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
  const body = JSON.stringify({ query, variables });
  const text = await answerTo({ method: "POST", credentials: "omit", headers, body });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Unreachable(error.message);
  }
}

/** The text of the answer. Throws NoAnswer, also if it takes too long. */
async function answerTo(request) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const response = await fetch(ENDPOINT, { ...request, signal: giveUp.signal });
    learn(response);
    return await response.text();
  } catch (error) {
    throw new NoAnswer(error.message);
  } finally {
    clearTimeout(timer);
  }
}
