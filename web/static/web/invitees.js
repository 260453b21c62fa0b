// The list of invitees, newest first. Loads more on scroll, and polls for new ones.

import { run } from "./api.js";
import { every, h, say } from "./dom.js";
import { attempt } from "./failures.js";
import { t, when } from "./texts.js";

const NEWS = 5; // seconds between polls

/** The fields of `me` that `invitees` needs. */
export const INVITEES = `invitedCount invitees(first: 20, after: $after) {
  edges { node { id phone invitedAt } } pageInfo { hasNextPage endCursor } }`;
const PAGE = `query ($after: String) { me { ${INVITEES} } }`;

/** The elements for `me`, with the first page. */
export function invitees(me) {
  const known = new Set();
  const list = h("ul", { class: "list" });
  const count = h("p", { class: "hint" });
  const nobody = h("p", { class: "lead" }, t("nobody"));
  const more = h("button", {
    class: "quiet",
    onclick: async () => {
      const page = await attempt(() => run(PAGE, { after: more.dataset.after }));
      if (page) append(page.invitees);
    },
  }, t("more"));
  const entry = ({ node: { id, phone, invitedAt } }) => {
    known.add(id);
    return h("li", {}, h("span", { translate: "no" }, phone ?? t("erased")),
      h("time", { datetime: invitedAt }, when(invitedAt)));
  };
  const unknown = ({ edges }) => edges.filter(({ node }) => !known.has(node.id));
  const append = (page) => {
    list.append(...unknown(page).map(entry));
    more.dataset.after = page.pageInfo.endCursor;
    more.hidden = !page.pageInfo.hasNextPage;
  };
  const tell = ({ invitedCount }) => {
    count.textContent = t("count", { count: invitedCount });
    nobody.hidden = invitedCount > 0;
    count.hidden = invitedCount === 0;
  };
  const look = async () => {
    if (document.hidden || !navigator.onLine) return;
    const latest = await run(PAGE).catch(() => null); // retried at the next poll
    if (!latest) return;
    const newcomers = unknown(latest.invitees);
    if (newcomers.length === latest.invitees.edges.length) { // there may be more in between: reload the list
      list.replaceChildren();
      known.clear();
    }
    if (list.hasChildNodes()) list.prepend(...newcomers.map(entry));
    else append(latest.invitees);
    tell(latest);
    for (const { node } of newcomers) say(t("arrived", { phone: node.phone ?? t("erased") }));
  };
  append(me.invitees);
  tell(me);
  new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && more.click()).observe(more);
  setTimeout(() => every(NEWS, list, look), NEWS * 1000);
  return [h("h2", {}, t("came")), count, nobody, list, more];
}
