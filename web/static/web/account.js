// The account: the sessions, signing out, and erasing.

import { forget, run } from "./api.js";
import { field, form, h, icon } from "./dom.js";
import { inWords, trouble } from "./failures.js";
import { plural, spaced } from "./people.js";
import { sessions } from "./sessions.js";
import { t } from "./texts.js";

const ERASE = `mutation ($phone: String!) { deleteAccount(phone: $phone) { __typename
  ... on Problem { message } } }`;

/**
 * The elements of the account. `draft` holds what is typed, kept when it is drawn again. Calls `back()` to return to
 * the profile, and `left(note)` after sign-out or deletion.
 */
export function account(me, all, draft, { back, left }) {
  return [
    h("div", {},
      h("div", { class: "between" }, h("button", { class: "text", type: "button", onclick: back },
        h("span", { "aria-hidden": "true" }, "←"), t("yourCode"))),
      h("h1", { tabindex: -1, "data-first": true }, t("account")),
      h("p", { class: "soft" }, t("signedInAs"), " ", h("b", { translate: "no" }, spaced(me.phone)))),
    sessions(all, left),
    erasing(me, draft, left),
  ];
}

/** The form that erases the account after the user enters its number. */
function erasing({ phone: own, invitedCount }, draft, left) {
  const phone = field(t("typeNumber"), {
    type: "tel", autocomplete: "off", placeholder: spaced(own), value: draft.text,
    oninput: () => { draft.text = phone.input.value; },
  });
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
  const keep = () => {
    draft.text = phone.input.value = "";
    phone.fail("");
    element.open = false;
    element.firstChild.focus();
  };
  const lead = [t("eraseLead"), invitedCount && plural("stay", invitedCount)].filter(Boolean).join(" ");
  const element = h("details", { class: "card erase", open: draft.open, ontoggle: () => { draft.open = element.open; } },
    h("summary", {}, h("h2", {}, t("erase")), icon("down")),
    h("p", {}, lead),
    form(act, t("erasing"), phone.element, h("div", { class: "row" },
      h("button", { class: "danger" }, t("eraseNow")),
      h("button", { class: "text", type: "button", onclick: keep }, t("keepIt")))));
  return element;
}
