// The sessions, and signing out.

import { forget, run } from "./api.js";
import { every, h, icon, say } from "./dom.js";
import { attempt } from "./failures.js";
import { dayName, dayOf, timeOf } from "./people.js";
import { t } from "./texts.js";

const NEWS = 5; // seconds between polls
const END = "mutation ($id: ID!) { endSession(id: $id) { count } }";
const SIGN_OUT = "mutation ($everywhere: Boolean!) { signOut(everywhere: $everywhere) { count } }";

export const SESSIONS = "{ sessions { id lastUsedAt userAgent ipAddress current } }";

/** The section for all sessions. Keeps it and `all` up to date. Calls `left()` after signing out. */
export function sessions(all, left) {
  const title = h("h2", { tabindex: -1 }, t("sessions"));
  const items = new Map();
  const list = h("ul", { class: "sessions", role: "list" });
  const end = async (id) => {
    if (!await attempt(() => run(END, { id }))) return;
    tell(all.filter((each) => each.id !== id));
    title.focus(); // the button is gone
    say(t("ended"));
  };
  const tell = (latest) => {
    const ids = new Set(latest.map(({ id }) => id));
    for (const [id, item] of items) if (!ids.has(id)) { item.remove(); items.delete(id); }
    const added = latest.filter(({ id }) => !items.has(id));
    for (const each of added) items.set(each.id, session(each, end));
    list.prepend(...added.map(({ id }) => items.get(id)));
    all.splice(0, all.length, ...latest);
  };
  const look = async () => {
    if (document.hidden || !navigator.onLine || !list.isConnected) return;
    const latest = await run(SESSIONS).catch(() => null); // retried at the next poll
    if (latest && list.isConnected) tell(latest);
  };
  tell(all);
  setTimeout(() => every(NEWS, list, look), NEWS * 1000);
  return h("section", { class: "card" }, title, list, h("div", { class: "row" },
    h("button", { type: "button", onclick: () => signOut(left, false) }, t("signOut")),
    h("button", { type: "button", onclick: () => signOut(left, true) }, t("signOutEverywhere"))));
}

function session({ id, current, userAgent, ipAddress, lastUsedAt }, end) {
  const used = current ? t("thisDevice") : `${dayName(dayOf(lastUsedAt))}, ${timeOf(lastUsedAt)}`;
  const { name, isPhone } = device(userAgent);
  return h("li", {},
    h("span", { class: "dot" }, icon(isPhone ? "phone" : "laptop")),
    h("div", {}, h("b", {}, name), h("small", {}, [used, ipAddress].filter(Boolean).join(" · "))),
    !current && h("button", {
      class: "text", type: "button", "aria-label": `${t("end")}: ${name}`, onclick: () => end(id),
    }, t("end")));
}

const BROWSERS = {
  YaBrowser: "Yandex Browser", Edg: "Edge", OPR: "Opera", Firefox: "Firefox", Chrome: "Chrome", Safari: "Safari",
};
const SYSTEMS = {
  Android: "Android", iPhone: "iPhone", iPad: "iPad", Windows: "Windows", Macintosh: "Mac", Linux: "Linux",
};

/** A readable name for a User-Agent. The first match wins, because browsers also name others in theirs. */
function device(userAgent) {
  const [browser, system] = [BROWSERS, SYSTEMS].map(
    (names) => Object.entries(names).find(([name]) => userAgent.includes(name))?.[1],
  );
  const name = [browser, system].filter(Boolean).join(", ") || userAgent.slice(0, 40) || t("unknownDevice");
  return { name, isPhone: ["Android", "iPhone", "iPad"].includes(system) };
}

async function signOut(left, everywhere) {
  if (!await attempt(() => run(SIGN_OUT, { everywhere }))) return;
  forget();
  left();
}
