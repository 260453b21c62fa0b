// A modal dialog, also in browsers without <dialog>.

import { h } from "./dom.js";
import { t } from "./texts.js";

/** Open a dialog with a title. Escape, its button and a click beside it close it; then the focus returns. */
export function openDialog(title, ...children) {
  const opener = document.activeElement;
  const close = () => (dialog.close ? dialog.close() : dialog.dispatchEvent(new Event("close")));
  const button = h("button", { class: "solid", type: "button", onclick: close }, t("close"));
  const dialog = h("dialog", {
    "aria-labelledby": "dialog-title",
    onclick: ({ target }) => target === dialog && close(),
    onclose: () => { dialog.remove(); opener.focus(); },
  }, h("div", {}, h("h2", { id: "dialog-title" }, title), ...children, button));
  document.getElementById("main").append(dialog); // the next view removes it
  if (dialog.showModal) dialog.showModal();
  else openByHand(dialog, button, close);
}

function openByHand(dialog, button, close) {
  for (const [name, value] of [["open", ""], ["role", "dialog"], ["aria-modal", "true"]]) dialog.setAttribute(name, value);
  button.focus();
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key === "Tab") event.preventDefault(); // the button is the only stop
  });
}
