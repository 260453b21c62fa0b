// The field for a sign-in code, which also takes a whole message.

import { field } from "./dom.js";
import { t } from "./texts.js";

const SHORTEST = 4;
const LONGEST = 10; // digits

/**
 * A field for a code of `places` digits, or of any length if that is null. Calls `complete` when a code of this length
 * is entered, unless it is uncertain.
 */
export function codeField(label, places, attributes, complete) {
  const code = field(label, {
    type: "text", inputmode: "numeric", spellcheck: "false", required: true, class: places ? "code" : null, ...attributes,
  });
  if (places) code.input.style.setProperty("--places", places);
  code.input.addEventListener("input", () => {
    const { digits, certain, note } = findCode(code.input.value, places);
    if (digits !== code.input.value) code.input.value = digits;
    if (note) code.fail(t(note));
    if (certain && digits.length === places) complete();
  });
  return code;
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
