// Who invited the viewer: the question, asked once, and then the answer.

import { run } from "./api.js";
import { field, form, h, icon, svg } from "./dom.js";
import { inWords, trouble } from "./failures.js";
import { t } from "./texts.js";

const ACTIVATE = `mutation ($code: String!) { activateInvite(code: $code) { __typename
  ... on InviteActivated { user { activatedCode } } ... on InviteAlreadyActivated { activatedCode }
  ... on RateLimited { retryAt } ... on Problem { message } } }`;

const LONGEST = 16; // characters of an invite code

/** What is typed and shown in the question, kept when it is drawn again. `error` is why the code was refused. */
export const draft = (text, error) => ({ text, error, asking: "", open: Boolean(text || error) });

/** The question "Did someone invite you?" Calls `used(code, refusal)` once a code is used, now or before. */
export function question(draft, used) {
  const code = field(t("inviteOrLink"), {
    type: "text", class: "invite", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    maxlength: 1000, value: draft.text,
  });
  const fail = (text) => { draft.error = text; code.fail(text); };
  const enter = h("form", {
    novalidate: true,
    onsubmit: (event) => {
      event.preventDefault();
      if (!code.input.value.trim()) return fail(t("enterInvite"));
      ask(codeIn(code.input.value));
      asked.focus(); // not the button: a second Enter must not confirm
    },
  }, code.element, h("button", { class: "solid" }, t("useCode")));
  const asked = h("p", { class: "note", tabindex: -1 });
  const use = async () => {
    try {
      const answer = await run(ACTIVATE, { code: draft.asking });
      const now = answer?.user?.activatedCode ?? answer?.activatedCode;
      if (now) used(now, answer.message);
      else if (answer) refuse(inWords(answer));
    } catch (error) {
      refuse(trouble(error));
    }
  };
  const refuse = (text) => { ask(""); fail(text); };
  const later = () => {
    ask("");
    element.open = false;
    element.firstChild.focus();
  };
  const confirm = form(use, t("checking"), asked, h("div", { class: "row" },
    h("button", { class: "solid" }, t("yes")),
    h("button", { class: "text", type: "button", onclick: later }, t("notNow"))));
  const ask = (asking) => {
    draft.asking = asking;
    confirm.hidden = !asking;
    enter.lastChild.hidden = Boolean(asking);
    asked.replaceChildren(h("b", { translate: "no" }, t("ask", { code: asking })), " ", t("askLead"));
  };
  code.input.addEventListener("input", () => { draft.text = code.input.value; draft.error = ""; ask(""); });
  const element = h("details", { class: "card", open: draft.open, ontoggle: () => { draft.open = element.open; } },
    h("summary", {}, t("invitedQuestion"), icon("down")), enter, confirm);
  ask(draft.asking);
  if (draft.error && draft.open) code.fail(draft.error);
  return element;
}

/** The answer, with the reason why another code was refused, if any. */
export function answer(code, refusal) {
  return h("section", { class: "card done", tabindex: -1 },
    svg("svg", { class: "mark", viewBox: "0 0 46 30", "aria-hidden": "true" },
      svg("circle", { cx: 15, cy: 15, r: 12.5 }), svg("circle", { cx: 27, cy: 15, r: 12.5 }),
      svg("path", { class: "tick", d: "m9.5 15.5 4 4 7.5-8.5" })),
    h("div", {}, h("h2", { translate: "no" }, t("cameWith", { code })),
      h("p", { class: "soft" }, refusal ?? t("inviterSees"))));
}

/** The code in a text or link, as the question shows it. The endpoint reads the rest, such as look-alike letters. */
function codeIn(text) {
  const clean = decoded(text.normalize("NFKC").trim());
  const link = /(?:^|\/)i\/[^\p{L}\p{Nd}/]*([\p{L}\p{Nd} -]+)/iu.exec(clean)?.[1];
  const words = (link ?? clean).match(/[\p{L}\p{Nd}]+/gu) ?? [];
  const [likely, ...others] = words.filter(isLikely);
  if (likely && !others.length) return likely.toUpperCase();
  const whole = words.join("");
  return whole && whole.length <= LONGEST ? whole.toUpperCase() : text.trim();
}

/** Whether a word of a sentence looks like a code rather than like a word. */
function isLikely(word) {
  return /^[\dA-Z]{6,16}$/i.test(word) && (/\d/.test(word) || word === word.toUpperCase());
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
