// The invitees by days, newest first. Loads more on scroll, and polls for new ones.

import { run } from "./api.js";
import { dayList, write } from "./days.js";
import { every, h, say } from "./dom.js";
import { attempt } from "./failures.js";
import { avatar, inDigits, plural, spaced } from "./people.js";
import { t } from "./texts.js";

const NEWS = 5; // seconds between polls
const PAGE_SIZE = 100; // the most that the endpoint returns at once
const NAMED = 3; // newcomers announced with their numbers

/** The fields of `me` that `invitees` needs. */
export const INVITEES = `invitedCount invitees(first: $first, after: $after) {
  edges { node { id phone invitedAt } } pageInfo { hasNextPage endCursor } }`;
const PAGE = `query ($first: Int = 20, $after: String) { me { ${INVITEES} } }`;

/** The section for `me`, which is kept up to date. Calls `changed()` when the count may have changed. */
export function invitees(me, changed) {
  const days = dayList();
  const kept = h("div", { class: "card empty" }, avatar(),
    h("div", {}, h("b", {}, t("kept")), h("small", {}, t("keptLead"))));
  const more = h("button", { type: "button", onclick: () => load() });
  const tell = () => {
    const { edges, pageInfo: { hasNextPage } } = me.invitees;
    days.tell(hasNextPage);
    kept.hidden = me.invitedCount > 0;
    more.hidden = !hasNextPage;
    write(more, me.invitedCount - edges.length > PAGE_SIZE
      ? t("showMore") : t("showAll", { count: inDigits(me.invitedCount) }));
  };
  let loading = false;
  const load = async () => {
    if (loading) return;
    loading = true;
    const { invitees: before } = me;
    const page = await attempt(() => run(PAGE, { first: PAGE_SIZE, after: before.pageInfo.endCursor }));
    loading = false;
    if (!page || me.invitees !== before || !element.isConnected) return; // reloaded or drawn again meanwhile
    const added = unknown(page.invitees, before);
    before.edges.push(...added);
    before.pageInfo = page.invitees.pageInfo;
    const first = days.append(added);
    const hadFocus = document.activeElement === more;
    tell();
    if (hadFocus && more.hidden) focusOn(first);
  };
  const look = async () => {
    if (document.hidden || !navigator.onLine || !element.isConnected) return;
    const latest = await run(PAGE).catch(() => null); // retried at the next poll
    if (!latest || !element.isConnected) return;
    const newcomers = unknown(latest.invitees, me.invitees);
    if (continues(latest.invitees, newcomers.length, me.invitees)) {
      me.invitees.edges.unshift(...newcomers);
      days.prepend(newcomers);
    } else {
      me.invitees = latest.invitees;
      days.replace(me.invitees.edges);
    }
    me.invitedCount = latest.invitedCount;
    tell();
    changed();
    if (newcomers.length) announce(newcomers, me.invitedCount);
  };
  days.append(me.invitees.edges);
  tell();
  new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && load()).observe(more);
  const element = h("section", {}, h("h2", {}, t("whoCame")), kept, days.element, more);
  setTimeout(() => every(NEWS, element, look), NEWS * 1000);
  return element;
}

/** Let a reader go on at an element that takes no focus otherwise. */
function focusOn(element) {
  element?.setAttribute("tabindex", "-1");
  element?.focus({ preventScroll: true });
}

function unknown({ edges }, { edges: known }) {
  const ids = new Set(known.map(({ node }) => node.id));
  return edges.filter(({ node }) => !ids.has(node.id));
}

/** Whether the latest page is `count` newcomers and then the known ones: otherwise there may be others in between. */
function continues({ edges }, count, { edges: known }) {
  if (count === edges.length) return false;
  return edges.slice(count).every(({ node }, i) => node.id === known[i]?.node.id && node.phone === known[i].node.phone);
}

function announce(newcomers, count) {
  const phones = newcomers.map(({ node: { phone } }) => (phone ? spaced(phone) : t("erased"))).join(", ");
  say(newcomers.length > NAMED ? `${inDigits(count)} ${plural("came", count)}` : t("arrived", { phones }));
}
