// The first step of the sign-in, which asks for the phone number, and the frame of both steps.

import { run, trouble } from "./api.js";
import { secondsUntil } from "./clock.js";
import { entitle, field, form, h, say, show, svg } from "./dom.js";
import { inWords, t } from "./texts.js";

const REQUEST_CODE = `mutation ($phone: String!) { requestCode(phone: $phone) { __typename
  ... on CodeSent { phone codeLength expiresAt resendAt demoCode }
  ... on RateLimited { retryAt } ... on Problem { message } } }`;
const root = document.documentElement;
const { inviteCodeLength } = root.dataset;
const countries = JSON.parse(root.dataset.countries);
const INTERNATIONAL = /^\s*([+＋]|00)/;

/** Send a code. Returns a CodeSent, with the seconds until the next one, or a refusal. */
export async function requestCode(phone) {
  const sent = await run(REQUEST_CODE, { phone });
  return { ...sent, wait: secondsUntil(sent.resendAt ?? sent.retryAt) };
}

/** Ask for a phone number. `note` names a text that says why; `invited` means that the code comes from a link. */
export function askForNumber(flow, { phone = "", region, inviteCode = "", invited = false, opened = false, note = "" }) {
  const number = numberField(phone, region);
  const invite = inviteField(inviteCode, { invited, opened });
  const entered = () => ({ ...number.entered(), ...invite.entered(), invited });
  const offer = h("button", {
    class: "text", type: "button", hidden: true,
    onclick: () => flow.toCode({ phone: number.value(), resendAt: offer.dataset.until }, entered()),
  }, t("haveCode"));
  const act = async () => {
    const step = flow.kept();
    if (step?.entered.phone === number.input.value && secondsUntil(step.sent.resendAt) > 0) {
      flow.toCode(step.sent, entered());
      return say(t("sentBefore"));
    }
    try {
      const sent = await requestCode(number.value());
      if (sent.__typename === "CodeSent") return flow.toCode(sent, entered());
      number.fail(inWords(sent));
      offer.hidden = !sent.retryAt;
      offer.dataset.until = sent.retryAt ?? "";
    } catch (error) {
      number.fail(trouble(error));
      offer.hidden = false; // the answer may be lost, and the code sent
    }
  };
  number.input.addEventListener("input", () => { offer.hidden = true; });
  showStep(
    () => askForNumber(flow, { ...entered(), note }),
    { title: t(invited ? "invited" : "signInTitle"), lead: t(note || (invited ? "invitedLead" : "signInLead")), circles: invited ? [150, 300] : [120, 330] },
    form(act, t("sending"), number.element, invite.element, h("button", { class: "primary" }, t("sendCode"))),
    offer,
    invite.open,
  );
}

/** Show a step: a field of colour, whose circles tell how things stand, and the sheet with its form. */
export function showStep(again, { title, lead, circles }, ...sheet) {
  entitle(title);
  const pitch = root.getAttribute(`data-pitch-${root.lang}`) ?? root.dataset.pitch;
  show(
    "step", again,
    h("div", { class: "band" },
      picture(...circles),
      h("div", { class: "words" }, h("h1", { tabindex: -1 }, title), h("p", {}, lead)),
      h("p", { class: "pitch" }, pitch)),
    h("div", { class: "sheet" }, ...sheet),
  );
}

/** Say that something could not be loaded, and offer to try again. */
export function showTrouble(error, again) {
  const text = trouble(error);
  showStep(again, { title: t("tryAgain"), lead: text, circles: [90, 350] },
    h("button", { class: "primary", "data-first": true, onclick: again }, t("tryAgain")));
}

/** Two circles with these centres, and what they share. */
function picture(one, two) {
  const half = Math.sqrt(Math.max(0, 130 ** 2 - ((two - one) / 2) ** 2));
  const arc = `a130 130 0 0 1 0 `;
  return svg("svg", { class: "art", viewBox: "0 0 440 320", "aria-hidden": "true" },
    svg("circle", { class: "one", cx: one, cy: 160, r: 130 }),
    svg("path", { class: "both", d: `M${(one + two) / 2} ${160 - half}${arc}${2 * half}${arc}${-2 * half}z` }),
    svg("circle", { class: "two", cx: two, cy: 160, r: 130 }));
}

/** The field for a number, with a choice of country if there are several. A number with a plus needs none. */
function numberField(phone, region) {
  let country = countries.find((each) => each.region === region) ?? countries[0];
  const prefix = h("span", { "aria-hidden": "true" });
  const names = new Intl.DisplayNames([root.lang], { type: "region" });
  const choice = countries.length > 1 && h("select", { "aria-label": t("country") }, ...countries.map((each) =>
    h("option", { value: each.region, selected: each === country }, `${names.of(each.region)} +${each.code}`)));
  const before = h("span", { class: choice ? "country choice" : "country" }, prefix, choice);
  const number = field(t("phone"), {
    type: "tel", name: "phone", autocomplete: "tel", inputmode: "tel", required: true, "data-first": true, value: phone,
  }, null, (input) => h("div", { class: "phone" }, before, input));
  const { input } = number;
  const refresh = () => {
    prefix.textContent = `+${country.code}`;
    before.hidden = isWhole(input.value, country);
    input.placeholder = country.example;
  };
  input.addEventListener("input", async () => {
    refresh();
    import("./code_step.js").catch(() => {}); // asked for again when it is needed
    const format = await import("./phone_format.js").catch(() => null);
    format?.spaceIn(input, country);
  });
  if (choice) choice.addEventListener("change", () => { country = countries[choice.selectedIndex]; refresh(); input.focus(); });
  refresh();
  return {
    ...number,
    value: () => inFull(input.value, country),
    entered: () => ({ phone: input.value, region: country.region }),
  };
}

/** Whether a text says for itself how it is dialled, so that a prefix before it would be wrong. */
function isWhole(text, { code, trunk, example }) {
  const digits = text.replace(/\D/g, "");
  const long = digits.length > example.replace(/\D/g, "").length;
  return INTERNATIONAL.test(text) || (trunk !== "" && digits.startsWith(trunk) && !example.startsWith(trunk)) || (long && digits.startsWith(code));
}

/** The number as it is sent. The server reads national numbers of its own country, and plain mistakes. */
function inFull(text, { code, trunk, isHome }) {
  if (isHome || INTERNATIONAL.test(text) || /\p{L}/u.test(text)) return text;
  const digits = text.replace(/\D/g, "");
  return `+${code}${trunk && digits.startsWith(trunk) ? digits.slice(trunk.length) : digits}`;
}

/** The invite code: settled if it comes from a link, behind a button otherwise. */
function inviteField(code, { invited, opened }) {
  const invite = field(t("invitedBy"), {
    type: "text", name: "invite", class: "invite", autocomplete: "off", autocapitalize: "characters",
    spellcheck: "false", maxlength: 1000, value: code,
  }, t("inviteHint", { length: inviteCodeLength }));
  const chip = h("div", { class: "chip" }, h("span", {}, t("inviteOf"), " ", h("b", { translate: "no" }, code)),
    h("button", { class: "text", type: "button", onclick: () => reveal() }, t("change")));
  const open = h("button", { class: "text", type: "button", onclick: () => reveal() }, t("haveInvite"));
  const element = h("div", {}, chip, invite.element);
  const arrange = (shown) => {
    invite.element.hidden = !shown;
    chip.hidden = shown || !code;
    open.hidden = shown || Boolean(code);
    element.hidden = !shown && !code;
  };
  const reveal = () => { arrange(true); invite.input.focus(); };
  arrange(opened || Boolean(code && !invited));
  return { element, open, entered: () => ({ inviteCode: invite.input.value.trim(), opened: !invite.element.hidden }) };
}
