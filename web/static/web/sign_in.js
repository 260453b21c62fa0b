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
const phoneFormat = () => import("./phone_format.js");
let format = null; // this module, once it is there: then numbers are spaced at once

/** Send a code. Returns a CodeSent, with the seconds until the next one, or a refusal. */
export async function requestCode(phone) {
  const sent = await run(REQUEST_CODE, { phone });
  return { ...sent, wait: secondsUntil(sent.resendAt ?? sent.retryAt) };
}

/**
 * Ask for a phone number. `note` names a text that says why; `invited` means that the invite code comes from a link.
 * `offered` is the step for a code that may have been sent already, as for `askForCode`.
 */
export function askForNumber(
  flow, { phone = "", region, inviteCode = "", invited = false, opened = false, note = "", offered = null },
) {
  const number = numberField(phone, region);
  const invite = inviteField(inviteCode, { invited, opened });
  const entered = () => ({ ...number.entered(), ...invite.entered(), invited });
  const offer = h("button", {
    class: "text", type: "button", hidden: !offered, onclick: () => flow.toCode(offered, entered()),
  }, t("haveCode"));
  const refuse = (text, isWrong, step) => {
    offered = step;
    offer.hidden = !step;
    if (here.aborted) say(text, { shown: true });
    else number.fail(text, isWrong);
  };
  const act = async () => {
    let step = null;
    try {
      const { full, isOf } = await number.read();
      const before = flow.kept()?.sent;
      step = before && isOf(before.phone) ? before : { phone: full };
      if (step.codeLength && secondsUntil(step.resendAt) > 0) {
        flow.toCode(step, entered());
        return say(t("sentBefore"));
      }
      const sent = await requestCode(full);
      if (sent.__typename === "CodeSent") return flow.toCode(sent, entered());
      refuse(inWords(sent), true, sent.retryAt && { ...step, resendAt: sent.retryAt, wait: sent.wait });
    } catch (error) {
      refuse(trouble(error), false, step); // the answer may be lost, and the code sent
    }
  };
  number.input.addEventListener("input", () => { offered = null; offer.hidden = true; flow.prepare(); });
  const here = showStep(
    () => askForNumber(flow, { ...entered(), note, offered }),
    {
      title: t(invited ? "invited" : "signInTitle"),
      lead: t(note || (invited ? "invitedLead" : "signInLead")),
      circles: invited ? [150, 300] : [120, 330],
    },
    form(act, t("sending"), number.element, invite.element, h("button", { class: "primary" }, t("sendCode"))),
    offer,
    invite.open,
  );
}

/** Show a step: a field of colour, whose circles tell how things stand, and the sheet. Returns a signal of its end. */
export function showStep(again, { title, lead, circles }, ...sheet) {
  entitle(title);
  const pitch = root.getAttribute(`data-pitch-${root.lang}`) ?? root.dataset.pitch;
  return show(
    "step", again,
    h("div", { class: "band" },
      picture(...circles),
      h("div", { class: "words" }, h("h1", { tabindex: -1 }, title), h("p", {}, lead)),
      h("p", { class: "pitch" }, pitch)),
    h("div", { class: "sheet" }, ...sheet),
  );
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
    type: "tel", name: "phone", autocomplete: "tel", inputmode: "tel", required: true, "data-first": true,
    value: phone,
  }, null, (input) => h("div", { class: "phone" }, before, input));
  const { input } = number;
  const refresh = async (isForward) => {
    prefix.textContent = `+${country.code}`;
    input.placeholder = country.example;
    if (!input.value) return before.hidden = false;
    format ??= await phoneFormat().catch(() => null);
    format?.spaceIn(input, country, countries, isForward);
    before.hidden = format?.isWhole(input.value, country);
  };
  input.addEventListener("input", ({ isComposing, inputType }) => {
    if (!isComposing) refresh(inputType === "deleteContentForward");
  });
  if (choice) choice.onchange = () => { country = countries[choice.selectedIndex]; refresh(); input.focus(); };
  refresh();
  return {
    ...number,
    read: async () => (await phoneFormat()).read(input.value, country),
    entered: () => ({ phone: input.value, region: country.region }),
  };
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
