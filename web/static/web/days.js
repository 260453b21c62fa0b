// The list of invitees: a heading and a list for each day.

import { h } from "./dom.js";
import { avatar, dayName, dayOf, inDigits, spaced, timeOf } from "./people.js";
import { t } from "./texts.js";

/**
 * The days of connection edges, newest first. `tell(isPart)` names and counts them: "Today" does not stay so, and the
 * count of the last day is not known while only a part of it is loaded. `append` returns the first person added.
 */
export function dayList() {
  const element = h("div", { class: "days" });
  const days = new Map();
  const place = ({ node: { phone, invitedAt } }, end) => {
    const day = dayOf(invitedAt);
    if (!days.has(day)) {
      days.set(day, { name: h("span"), count: h("span"), list: h("ul", { class: "people", role: "list" }) });
      const { name, count, list } = days.get(day);
      element[end](h("div", {}, h("h3", { class: "day" }, name, " ", count), list));
    }
    const added = person(phone, invitedAt);
    days.get(day).list[end](added);
    return added;
  };
  const append = (edges) => edges.map((edge) => place(edge, "append"))[0];
  return {
    element,
    append,
    prepend: (edges) => { for (const edge of [...edges].reverse()) place(edge, "prepend"); },
    replace: (edges) => { element.replaceChildren(); days.clear(); append(edges); },
    tell: (isPart) => {
      const last = Math.min(...days.keys());
      for (const [day, { name, count, list }] of days) {
        write(name, dayName(day));
        write(count, isPart && day === last ? "" : inDigits(list.children.length));
      }
    },
  };
}

/** Set a text, unless it is the same: then a reader's place and selection stay. */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function person(phone, invitedAt) {
  const number = phone ? h("span", { translate: "no" }, spaced(phone)) : h("span", { class: "soft" }, t("erased"));
  return h("li", {}, avatar(phone), number, h("time", { datetime: invitedAt }, timeOf(invitedAt)));
}
