// Phone numbers as they are typed. A country has its dialling `code`, the `trunk` prefix of national calls, and how it
// spaces a mobile number: an `example` without the prefix, and a `national` one with it.

const INTERNATIONAL = /^\P{Nd}*(?:[+＋﹢]|00|００)/u;
const digitsOf = (text) => text.replace(/\D/g, "");

/** Whether a text says for itself how it is dialled, so that a prefix before it would be wrong. */
export function isWhole(text, country) {
  return INTERNATIONAL.test(text) || isDialled(digitsOf(text), country) || isLong(digitsOf(text), country);
}

const isDialled = (digits, { trunk, example }) => trunk !== "" && digits.startsWith(trunk) && !example.startsWith(trunk);
const isLong = (digits, { code, example }) => digits.startsWith(code) && digits.length > digitsOf(example).length;

/**
 * The number in `full`, as it is sent: the server drops the prefix of national calls, and reads plain mistakes.
 * `isOf` says whether the text is one of the usual spellings of a number (E.164).
 */
export function read(text, country) {
  const { isHome, code, trunk } = country;
  const digits = digitsOf(text);
  const isFull = isHome || !text.trim() || INTERNATIONAL.test(text);
  const national = isDialled(digits, country) ? digits.slice(trunk.length) : digits;
  return {
    full: isFull ? text : isLong(digits, country) ? `+${text}` : `+${code} ${text}`,
    isOf: (number) => [digits, digits.replace(/^00/, ""), code + national].includes(number.slice(1)),
  };
}

/**
 * Space the number in a field, and keep the cursor behind the same digit, or before it after the Delete key. Other
 * texts are left alone.
 */
export function spaceIn(input, country, countries, isForward) {
  const { value, selectionStart } = input;
  const text = rewritten(value, country, countries);
  if (value.startsWith(text)) return; // a space may be typed before what follows
  const before = value.slice(0, selectionStart).replace(/[^+\d]/g, "").length;
  input.value = text;
  let place = 0;
  for (let seen = 0; seen < before; place += 1) if (/[+\d]/.test(text[place])) seen += 1;
  if (isForward) while (/[^+\d]/.test(text[place] ?? "0")) place += 1;
  input.setSelectionRange(place, place);
}

function rewritten(text, country, countries) {
  if (!/^\+?[\d\s().-]*$/.test(text) || text.startsWith("00")) return text;
  const digits = digitsOf(text);
  if (text.startsWith("+")) {
    const known = countries.find(({ code }) => digits.startsWith(code));
    return (known && spaced(digits, `+${known.code} ${known.example}`)) ?? `+${digits}`;
  }
  if (isDialled(digits, country)) return spaced(digits, country.national) ?? digits;
  return spaced(digits, country.example)
    ?? (isLong(digits, country) ? spaced(digits, `${country.code} ${country.example}`) : null)
    ?? digits;
}

/** Space digits as the example is; null if there are too many. */
function spaced(digits, example) {
  let next = 0;
  let text = "";
  for (const sign of example) {
    if (next === digits.length) return text;
    text += /\d/.test(sign) ? digits[next++] : sign;
  }
  return next === digits.length ? text : null;
}
