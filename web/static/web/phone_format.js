// Spaces phone numbers as a country does: by the example of a mobile number in it.

/** Space digits as the example is; digits beyond it follow unspaced. */
export function spaced(digits, example) {
  let text = "";
  let next = 0;
  for (const sign of example) {
    if (next >= digits.length) break;
    text += /\d/.test(sign) ? digits[next++] : sign;
  }
  return text + digits.slice(next);
}

/** Space the number in a field, and keep the cursor behind the same digit. Other texts are left alone. */
export function spaceIn(input, country) {
  const { value, selectionStart } = input;
  const text = rewritten(value, country);
  if (text === null || text === value) return;
  const entered = value.slice(0, selectionStart).replace(/[^+\d]/g, "").length;
  input.value = text;
  let place = 0;
  for (let seen = 0; seen < entered; place += 1) if (/[+\d]/.test(text[place])) seen += 1;
  input.setSelectionRange(place, place);
}

function rewritten(text, { code, trunk, example }) {
  if (!/^\+?[\d\s().-]*$/.test(text) || text.startsWith("00")) return null;
  const digits = text.replace(/\D/g, "");
  const isDialled = trunk !== "" && digits.startsWith(trunk) && !example.startsWith(trunk);
  const places = example.replace(/\D/g, "").length;
  const isLong = digits.length > places && digits.startsWith(code);
  const head = text.startsWith("+") || isLong ? code : isDialled ? trunk : "";
  const own = digits.slice(head.length);
  if (!digits.startsWith(head)) return null;
  if (own.length > places) return text.startsWith("+") ? `+${digits}` : digits;
  return [text.startsWith("+") ? `+${head}` : head, spaced(own, example)].filter(Boolean).join(" ");
}
