// The sessions, signing out, and deleting the account.

import { forget, run } from "./api.js";
import { field, form, h } from "./dom.js";
import { attempt, inWords, trouble } from "./failures.js";
import { t, when } from "./texts.js";

export const SESSIONS = "{ sessions { id lastUsedAt userAgent ipAddress current } }";
const END = "mutation ($id: ID!) { endSession(id: $id) { count } }";
const SIGN_OUT = "mutation ($everywhere: Boolean!) { signOut(everywhere: $everywhere) { count } }";
const ERASE = `mutation ($phone: String!) { deleteAccount(phone: $phone) { __typename
  ... on Problem { message } } }`;

/** The elements for all sessions. Calls `left()` after signing out. */
export function sessions(all, left) {
  return [
    h("h2", {}, t("sessions")),
    h("ul", { class: "list" }, ...all.map(session)),
    h("div", { class: "row" },
      h("button", { class: "quiet", onclick: () => signOut(left, false) }, t("signOut")),
      h("button", { class: "quiet", onclick: () => signOut(left, true) }, t("signOutEverywhere")),
    ),
  ];
}

function session({ id, current, userAgent, ipAddress, lastUsedAt }) {
  const used = current ? t("here") : t("lastUsed", { time: when(lastUsedAt) });
  const name = device(userAgent);
  const end = async () => { if (await attempt(() => run(END, { id }))) item.remove(); };
  const item = h("li", {},
    h("span", {}, name, h("small", {}, [used, ipAddress].filter(Boolean).join(" · "))),
    !current && h("button", { class: "quiet small", "aria-label": `${t("end")}: ${name}`, onclick: end }, t("end")),
  );
  return item;
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
  return [browser, system].filter(Boolean).join(", ") || userAgent.slice(0, 40) || t("unknownDevice");
}

async function signOut(left, everywhere) {
  if (!await attempt(() => run(SIGN_OUT, { everywhere }))) return;
  forget();
  left();
}

/** The form that erases the account after the user enters its number. */
export function leaving(left) {
  const phone = field(t("phone"), { type: "tel", autocomplete: "off", required: true });
  const act = async () => {
    try {
      const answer = await run(ERASE, { phone: phone.input.value });
      if (answer?.__typename === "AccountDeleted") {
        forget();
        left("gone");
      } else if (answer) phone.fail(inWords(answer));
    } catch (error) {
      phone.fail(trouble(error));
    }
  };
  return h("details", {}, h("summary", {}, t("erase")), h("p", { class: "lead" }, t("eraseLead")),
    form(act, t("erasing"), phone.element, h("button", { class: "danger" }, t("erase"))));
}
