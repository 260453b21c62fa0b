// Signing in: a number, then the code that was sent to it.

import { keep, run, Unreachable } from "./api.js";
import { every, field, form, h, say, show } from "./dom.js";
import { t, when } from "./texts.js";

const REQUEST_CODE = `mutation ($phone: String!) { requestCode(phone: $phone) { __typename
  ... on CodeSent { phone codeLength resendAt demoCode }
  ... on RateLimited { retryAt } ... on Problem { message } } }`;
const VERIFY_CODE = `mutation ($phone: String!, $code: String!, $inviteCode: String) {
  verifyCode(phone: $phone, code: $code, inviteCode: $inviteCode) { __typename
    ... on SignedIn { accessToken accessTokenExpiresAt refreshToken
      invite { __typename ... on Problem { message } } }
    ... on WrongCode { attemptsLeft } ... on RateLimited { retryAt } ... on Problem { message } } }`;

/** A refusal in words, with what helps where it says so. */
export function inWords({ message, retryAt, attemptsLeft }) {
  const help = retryAt ? t("tryAt", { time: when(retryAt) })
    : attemptsLeft != null ? t("attemptsLeft", { count: attemptsLeft }) : "";
  return `${message} ${help}`.trim();
}

/** What to say of an act that came to nothing. */
export function trouble(error) {
  if (!(error instanceof Unreachable)) throw error;
  return t(navigator.onLine ? "broken" : "offline");
}

/** What an act answers; if it comes to nothing that is said, and the answer is null. */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    say(trouble(error), { shown: true });
    return null;
  }
}

/** Ask for a number; `done(invite)` is called once signed in, with what became of the invite code. */
export function askForNumber(done, { phone = "", inviteCode = "", note = "" } = {}) {
  const number = field(t("phone"), {
    type: "tel", name: "phone", autocomplete: "tel", inputmode: "tel", required: true, "data-first": true, value: phone,
  }, t("phoneHint"));
  const invite = field(t("invitedBy"), {
    type: "text", name: "invite", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    value: inviteCode, maxlength: 40,
  }, t("inviteHint"));
  const act = async () => {
    try {
      const sent = await run(REQUEST_CODE, { phone: number.input.value });
      if (sent.__typename === "CodeSent") askForCode(done, sent, invite.input.value.trim());
      else number.fail(inWords(sent));
    } catch (error) {
      number.fail(trouble(error));
    }
  };
  show(h("div", { class: "card" },
    h("h1", {}, t("signIn")),
    h("p", { class: note ? "note" : "lead" }, note || t("signInLead")),
    form(act, number.element, invite.element, h("button", {}, t("sendCode"))),
  ));
}

function askForCode(done, sent, inviteCode) {
  const code = field(t("code", { length: sent.codeLength }), {
    type: "text", name: "code", inputmode: "numeric", autocomplete: "one-time-code", required: true, "data-first": true,
    class: "code", size: sent.codeLength, spellcheck: "false",
  });
  const waiting = new AbortController();
  const again = () => {
    waiting.abort();
    askForNumber(done, { phone: sent.phone, inviteCode });
  };
  const act = async () => {
    try {
      const answer = await run(VERIFY_CODE, {
        phone: sent.phone, code: code.input.value, inviteCode: inviteCode || null,
      });
      if (answer.__typename === "SignedIn") {
        waiting.abort();
        keep(answer);
        done(answer.invite);
      } else {
        code.input.value = "";
        code.fail(inWords(answer));
      }
    } catch (error) {
      code.fail(trouble(error));
    }
  };
  const complete = form(act, code.element);
  code.input.addEventListener("input", () => {
    if (code.input.value.replace(/\D/gu, "").length >= sent.codeLength) complete.requestSubmit();
  });
  show(h("div", { class: "card" },
    h("h1", {}, t("codeTitle")),
    h("p", { class: "lead" }, t("codeSentTo", { phone: sent.phone })),
    sent.demoCode && h("p", { class: "note" }, t("demo", { code: sent.demoCode })),
    complete,
    resendButton(sent, code, (next) => { waiting.abort(); askForCode(done, next, inviteCode); }),
    h("button", { class: "quiet", type: "button", onclick: again }, t("otherNumber")),
  ));
  fillInFromSms(code.input, waiting.signal);
}

function resendButton(sent, code, sentAgain) {
  const button = h("button", {
    class: "quiet", type: "button",
    onclick: async () => {
      button.disabled = true;
      try {
        const next = await run(REQUEST_CODE, { phone: sent.phone });
        if (next.__typename === "CodeSent") sentAgain(next);
        else code.fail(inWords(next));
      } catch (error) {
        code.fail(trouble(error));
      }
    },
  });
  every(1, button, () => {
    const seconds = Math.ceil((Date.parse(sent.resendAt) - Date.now()) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    button.disabled = seconds > 0;
    button.textContent = seconds > 0 ? t("resendIn", { time }) : t("resend");
  });
  return button;
}

/** WebOTP: phones that read the SMS of this page offer to fill the code in. */
async function fillInFromSms(input, signal) {
  if (!("OTPCredential" in window)) return;
  try {
    const { code } = await navigator.credentials.get({ otp: { transport: ["sms"] }, signal });
    input.value = code;
    input.dispatchEvent(new Event("input"));
    say(code);
  } catch {
    // Declined, or too late: it is typed.
  }
}
