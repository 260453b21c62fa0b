// Refusals and failures, in words.

import { Unreachable } from "./api.js";
import { onDevice } from "./clock.js";
import { say } from "./dom.js";
import { t, when } from "./texts.js";

/** The message of a refusal, with when to try again or the attempts left. */
export function inWords({ message, retryAt, attemptsLeft }) {
  const help = retryAt ? t("tryAt", { time: when(onDevice(retryAt), "medium") })
    : attemptsLeft != null ? t("attemptsLeft", { count: attemptsLeft }) : "";
  return `${message} ${help}`.trim();
}

/** The message for an Unreachable error. Rethrows any other. */
export function trouble(error) {
  if (!(error instanceof Unreachable)) throw error;
  return t(navigator.onLine ? "broken" : "offline");
}

/** Run an act and return its result; if it fails, announce the error and return null. */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    say(trouble(error), { shown: true });
    return null;
  }
}
