// How people and days are shown: numbers spaced for reading, avatars, and days of the viewer's time zone.

import { now } from "./clock.js";
import { h } from "./dom.js";
import { language, t } from "./texts.js";

const COUNTRY = /^\+(1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})([\d*]+)$/;
const NATIONAL = {
  1: "### ###-####", 7: "### ###-##-##", 33: "# ## ## ## ##", 44: "#### ######", 81: "##-####-####",
  82: "##-####-####", 86: "### #### ####", 90: "### ### ## ##", 91: "##### #####", 374: "## ###-###",
  375: "## ###-##-##", 380: "## ###-##-##", 972: "##-###-####", 994: "## ###-##-##", 998: "## ###-##-##",
};
const DAY = 86_400_000; // milliseconds

/** A number (E.164, digits perhaps masked with *) with spaces: +79163794816 as +7 916 379-48-16. */
export function spaced(phone) {
  const [, country, rest] = COUNTRY.exec(phone) ?? [];
  if (!country) return phone;
  const pattern = NATIONAL[country];
  const fits = pattern?.replace(/[^#]/g, "").length === rest.length;
  return `+${country} ${fits ? filled(pattern, rest) : rest.replace(/[\d*]{3}(?=[\d*]{2})/g, "$& ")}`;
}

function filled(pattern, digits) {
  let next = 0;
  return pattern.replace(/#/g, () => digits[next++]);
}

/** A circle with the last two digits, which a masked number shows too; empty without a number. */
export function avatar(phone) {
  const digits = /\d{1,2}$/.exec(phone ?? "")?.[0] ?? "";
  return h("b", { class: "dot", "data-tone": Number(digits) % 5, "aria-hidden": "true" }, digits);
}

/** The beginning of a day, in milliseconds. It stands for the day. */
export function dayOf(instant) {
  return new Date(instant).setHours(0, 0, 0, 0);
}

/** "Today", "Yesterday" or the date. */
export function dayName(day) {
  const today = dayOf(now());
  const ago = Math.round((today - day) / DAY); // days with a change to or from summer time are not 24 hours long
  if (ago < 2) return t(ago < 1 ? "today" : "yesterday");
  const year = new Date(day).getFullYear() === new Date(today).getFullYear() ? undefined : "numeric";
  return new Intl.DateTimeFormat(language(), { day: "numeric", month: "long", year }).format(day);
}

/** Hours and minutes. */
export function timeOf(instant) {
  return new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(new Date(instant));
}

/** A number with the separators of the language. */
export const inDigits = (count) => new Intl.NumberFormat(language()).format(count);

/** The text for this count: `name` has a form for each plural category of the language. */
export function plural(name, count) {
  return t(`${name}.${new Intl.PluralRules(language()).select(count)}`, { count: inDigits(count) });
}
