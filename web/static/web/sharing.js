// The ways to share the own code: the system's share sheet, messengers, and copying.

import { h, icon, say } from "./dom.js";
import { language, t } from "./texts.js";

const SHOWN = 3_000; // milliseconds that "Copied" stands on a button

/** The elements for the viewer's code and link. */
export function sharing({ inviteCode, inviteLink }) {
  const text = invitation(inviteCode);
  const byHand = h("textarea", { id: "by-hand", readonly: true, translate: "no" });
  const toCopy = h("div", { class: "by-hand", hidden: true }, h("label", { for: "by-hand" }, t("copyByHand")), byHand);
  const showSelected = (copied) => {
    toCopy.hidden = false;
    byHand.value = copied;
    byHand.rows = copied.split("\n").length + 1;
    byHand.focus();
    byHand.select();
  };
  const copyAll = () => copy(primary, `${text}\n${inviteLink}`, showSelected);
  const primary = button("primary", "share", t("share"), () => share({ text, url: inviteLink }, copyAll));
  const link = button(null, "copy", t("copyLink"), () => copy(link, inviteLink, showSelected));
  return [primary, h("div", { class: "ways" }, ...messengers(text, inviteLink), link), toCopy];
}

/** The operator's sentence that says why to invite, in the current language; it may be empty. */
export function pitch() {
  const root = document.documentElement;
  return root.getAttribute(`data-pitch-${language()}`) ?? root.dataset.pitch ?? "";
}

/** What a friend reads. */
function invitation(code) {
  const { brand } = document.documentElement.dataset;
  return [pitch(), t(brand ? "invitationFor" : "invitation", { brand, code })].filter(Boolean).join("\n");
}

async function share(what, otherwise) {
  if (!navigator.share) return otherwise();
  try {
    await navigator.share(what);
  } catch ({ name }) {
    if (name !== "AbortError") await otherwise(); // an AbortError is the user's choice
  }
}

/** The Clipboard API needs HTTPS or localhost, and permission. Otherwise the text is shown, selected. */
async function copy(button, text, otherwise) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    otherwise(text);
    return;
  }
  button.replaceChildren(icon("check"), t("copied"));
  say(t("copied"));
  setTimeout(() => {
    button.rest();
    if (document.getElementById("status").textContent === t("copied")) say("");
  }, SHOWN);
}

function button(look, name, label, act) {
  const element = h("button", { class: look, type: "button", onclick: act });
  element.rest = () => element.replaceChildren(icon(name), label);
  element.rest();
  return element;
}

function messengers(text, link) {
  const whole = encodeURIComponent(`${text}\n${link}`);
  const way = (name, label, href) =>
    h("a", { class: "button", href, target: "_blank", rel: "noopener" }, icon(name), label);
  return [
    way("telegram", "Telegram", `https://t.me/share/url?url=${encodeURIComponent(link)}&text=${encodeURIComponent(text)}`),
    way("whatsapp", "WhatsApp", `https://wa.me/?text=${whole}`),
    way("sms", "SMS", `sms:?&body=${whole}`),
  ];
}
