// Failures of acts that have no field of their own.

import { trouble } from "./api.js";
import { say } from "./dom.js";

export { trouble } from "./api.js";
export { inWords } from "./texts.js";

/** Run an act and return its result; if it fails, announce the error and return null. */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    say(trouble(error), { shown: true });
    return null;
  }
}
