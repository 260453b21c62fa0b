// The GraphQL endpoint, and the session at it. The access token lives in this page's memory and is passed on
// to other tabs; the refresh token lives in localStorage, so that a reload keeps the session (docs/adr/0007).

import { language } from "./texts.js";

const ENDPOINT = "/graphql";
const KEPT = "refreshToken";
const EARLY = 30_000; // milliseconds before its end at which an access token counts as over

let access = null; // { token, expiresAt }
const tabs = new BroadcastChannel("session");
const ended = new EventTarget();

tabs.onmessage = ({ data }) => {
  access = data;
  if (!data) ended.dispatchEvent(new Event("ended"));
};

/** Something that is no answer: no network, or a server that is away or broken. */
export class Unreachable extends Error {}

/** Call back when the session is over, here or in another tab. */
export function onEnd(callback) {
  ended.addEventListener("ended", callback);
}

export const isSignedIn = () => localStorage.getItem(KEPT) !== null;

/** Keep a new pair of tokens, and tell the other tabs. */
export function keep({ accessToken, accessTokenExpiresAt, refreshToken }) {
  access = { token: accessToken, expiresAt: Date.parse(accessTokenExpiresAt) };
  localStorage.setItem(KEPT, refreshToken);
  tabs.postMessage(access);
}

/** Forget the session, and tell the other tabs. */
export function forget() {
  access = null;
  localStorage.removeItem(KEPT);
  tabs.postMessage(null);
  ended.dispatchEvent(new Event("ended"));
}

/** The one field's value of an operation, signed in if there is a session. Throws Unreachable. */
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
  if (!access || Date.now() > access.expiresAt - EARLY) await refresh();
  return access?.token ?? null;
}

// Browsers have locks over HTTPS and on localhost only. Without them two tabs may refresh at once, and get the same.
const alone = (act) => (navigator.locks ? navigator.locks.request("refresh", act) : act());

/** One refresh at a time over all tabs; whoever waited finds the other's result. */
async function refresh() {
  const before = access;
  await alone(async () => {
    await new Promise((resolve) => setTimeout(resolve)); // what another tab has told comes first
    const refreshToken = localStorage.getItem(KEPT);
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
    return await response.json();
  } catch (error) {
    throw new Unreachable(error.message);
  }
}
