// The field for a sign-in code, which also takes a whole message.

import { field, h, say } from "./dom.js";
import { t } from "./texts.js";

const SHORTEST = 4;
const LONGEST = 10; // digits

/**
 * A field for a code with the places of `sent.codeLength` digits, or of any length if that is not known. Calls
 * `complete` when a code of this length is entered, unless it is uncertain.
 */
export function codeField({ codeLength: places, over }, digits, complete) {
  const drawn = Array.from({ length: places ?? 0 }, () => h("i"));
  const code = field(places ? t("code", { length: places }) : t("anyCode"), {
    type: "text", name: "code", inputmode: "numeric", autocomplete: "one-time-code", spellcheck: "false",
    required: true, class: "code", "data-first": !over, disabled: Boolean(over), value: digits,
  }, null, (input) => places ? h("div", { class: over ? "places over" : "places" }, input, ...drawn) : input);
  const { input } = code;
  const draw = () => drawn.forEach((place, index) => {
    place.textContent = input.value[index] ?? "";
    place.classList.toggle("now", index === Math.min(input.value.length, places - 1)); // the last one if all are full
  });
  input.addEventListener("input", () => {
    const found = findCode(input.value, places);
    if (found.digits !== input.value) input.value = found.digits;
    if (found.note) code.fail(t(found.note));
    draw();
    if (found.certain && found.digits.length === places) complete();
  });
  draw();
  return {
    ...code,
    clear() {
      input.value = "";
      draw();
    },
    fillInFromSms: (signal) => fillInFromSms(input, signal),
  };
}

/** WebOTP: the phone offers to fill in the code from an SMS bound to this origin. */
async function fillInFromSms(input, signal) {
  if (!("OTPCredential" in window)) return;
  try {
    const { code } = await navigator.credentials.get({ otp: { transport: ["sms"] }, signal });
    input.value = code;
    input.dispatchEvent(new Event("input"));
    say(code);
  } catch {
    // Declined or aborted: the user types the code.
  }
}

/**
 * The code in typed or pasted text: the one in the last line of our SMS ("@host #1234"), or else a word of `places`
 * digits. It is certain if there is no other candidate.
 */
function findCode(text, places) {
  const digits = text.replace(/\P{Nd}/gu, "");
  const bound = candidates([...text.matchAll(/@\S+ #(\p{Nd}+)/gu)].map(([, code]) => code), places);
  if (bound.length) return choose(bound);
  const typed = digits.slice(0, places ?? LONGEST);
  if (!/[^\p{Nd}\s-]/u.test(text)) return { digits: typed, certain: typed === digits };
  const words = candidates(text.split(/[\s:]+/).map((word) => word.replace(/^\p{P}+|\p{P}+$/gu, "")), places);
  if (words.length) return choose(words);
  return typed === digits ? { digits } : { digits: "", note: "noCode" };
}

/** The different words that can be a code. */
function candidates(words, places) {
  const range = places ? `${places}` : `${SHORTEST},${LONGEST}`;
  const code = new RegExp(`^\\p{Nd}{${range}}$`, "u");
  return [...new Set(words)].filter((word) => code.test(word));
}

const choose = ([digits, ...others]) =>
  (others.length ? { digits, note: "severalCodes" } : { digits, certain: true });
