// The ticket: how many came, the own code, and the ways to share it.

import { openDialog } from "./dialog.js";
import { h, svg } from "./dom.js";
import { inDigits, plural } from "./people.js";
import { pitch, sharing } from "./sharing.js";
import { t } from "./texts.js";

const SHARE = "M220 50.5a130 130 0 0 1 0 219.1a130 130 0 0 1 0-219.1z"; // what two met circles have in common
const WIDE = 100; // counts that would run into the picture

/** The ticket of the viewer. `tell()` shows the count anew. */
export function ticket(me) {
  const state = h("div", { class: "state" });
  let told;
  const tell = () => {
    if (told === me.invitedCount) return;
    told = me.invitedCount;
    const hadFocus = state.contains(document.activeElement);
    state.replaceChildren(art(told), ...(told ? came(told) : first()));
    if (hadFocus) state.querySelector("h1").focus({ preventScroll: true });
  };
  tell();
  return {
    element: h("section", { class: "ticket", "aria-label": t("yourCode") },
      state, h("div", { class: "tear" }), own(me), ...sharing(me)),
    tell,
  };
}

/** Two circles: met, with what they share lit; or one of them still to come. */
function art(count) {
  const circle = (name, x, more) => svg("circle", { class: name, cx: x, cy: 160, r: 130, ...more });
  return svg("svg", { class: count < WIDE ? "art" : "art high", viewBox: "0 0 440 320", "aria-hidden": "true" }, circle("one", 150),
    ...(count ? [svg("path", { class: "both", d: SHARE }), circle("two", 290)]
      : [circle("two", 360, { "stroke-dasharray": "10 12" })]));
}

const heading = (attributes, ...children) => h("h1", { tabindex: -1, "data-first": true, ...attributes }, ...children);

function came(count) {
  const digits = fitted(h("span", { class: "count" }, inDigits(count)));
  return [heading({}, digits, " ", plural("came", count))];
}

function first() {
  return [heading({ class: "first" }, t("first")), h("p", {}, pitch()), h("p", {}, t("firstLead"))];
}

function own({ inviteCode, inviteLink }) {
  const picture = `/i/${inviteCode}/qr.svg`;
  const code = () => fitted(h("b", { translate: "no" }, inviteCode));
  const enlarge = () => openDialog(t("qrTitle"), h("img", { src: picture, alt: t("qr"), width: 320, height: 320 }),
    code(), h("p", { class: "link", translate: "no" }, inviteLink));
  return h("div", { class: "own" },
    h("div", {}, h("small", {}, t("yourCode")), code()),
    h("button", { class: "qr", type: "button", "aria-label": t("showQr"), onclick: enlarge },
      h("img", { src: picture, alt: "", width: 80, height: 80 })));
}

/** An element whose text is set smaller the longer it is (see profile.css). */
function fitted(element) {
  element.style.setProperty("--length", element.textContent.length);
  return element;
}
