// Signing in: the phone number, then the code sent to it.

import { keep, run } from "./api.js";
import { secondsUntil } from "./clock.js";
import { codeField } from "./code_field.js";
import { entitle, every, field, form, h, isBusy, say, show } from "./dom.js";
import { inWords, trouble } from "./failures.js";
import { t } from "./texts.js";

const REQUEST_CODE = `mutation ($phone: String!) { requestCode(phone: $phone) { __typename
  ... on CodeSent { phone codeLength resendAt demoCode }
  ... on RateLimited { retryAt } ... on Problem { message } } }`;
const VERIFY_CODE = `mutation ($phone: String!, $code: String!, $inviteCode: String) {
  verifyCode(phone: $phone, code: $code, inviteCode: $inviteCode) { __typename
    ... on SignedIn { accessToken accessTokenExpiresAt refreshToken
      invite { __typename ... on RateLimited { retryAt } ... on Problem { message } } }
    ... on WrongCode { attemptsLeft } ... on RateLimited { retryAt } ... on Problem { message } } }`;

/**
 * Ask for a phone number. Calls `done(invite)` after the sign-in, with the result for the invite code. `note` names a
 * text that explains why the user has to sign in; `invited` means that the code comes from an invite link.
 */
export function askForNumber(done, { phone = "", inviteCode = "", note = "", invited = false } = {}) {
  const number = field(t("phone"), {
    type: "tel", name: "phone", autocomplete: "tel", inputmode: "tel", required: true, "data-first": true, value: phone,
  }, t("phoneHint"));
  const invite = field(t("invitedBy"), {
    type: "text", name: "invite", class: "invite", autocomplete: "off", autocapitalize: "characters",
    spellcheck: "false", maxlength: 1000, value: inviteCode,
  }, t("inviteHint"));
  const entered = () => ({ inviteCode: invite.input.value.trim(), invited });
  const act = async () => {
    try {
      const sent = await run(REQUEST_CODE, { phone: number.input.value });
      if (sent.__typename === "CodeSent") askForCode(done, sent, entered());
      else number.fail(inWords(sent));
    } catch (error) {
      number.fail(trouble(error));
    }
  };
  const title = t(invited ? "invited" : "signIn");
  entitle(title);
  show(
    "step", () => askForNumber(done, { phone: number.input.value, note, ...entered() }),
    h("div", { class: "card" },
      h("h1", {}, title),
      h("p", { class: note ? "note" : "lead" }, t(note || (invited ? "invitedLead" : "signInLead"))),
      form(act, t("sending"), number.element, invite.element, h("button", { class: "wide" }, t("sendCode"))),
    ),
  );
}

/** Ask for the code. `sent` is the CodeSent result, `entered` what was entered in the previous view. */
function askForCode(done, sent, entered) {
  const waiting = new AbortController();
  const leave = (next) => { waiting.abort(); next(); };
  const act = async () => {
    try {
      const answer = await run(VERIFY_CODE, {
        phone: sent.phone, code: code.input.value, inviteCode: entered.inviteCode || null,
      });
      if (answer.__typename === "SignedIn") {
        keep(answer);
        waiting.abort();
        await done(answer.invite);
      } else {
        code.input.value = "";
        code.fail(inWords(answer));
      }
    } catch (error) {
      code.fail(trouble(error));
    }
  };
  const code = codeField(t("code", { length: sent.codeLength }), sent.codeLength, {
    name: "code", autocomplete: "one-time-code", "data-first": true,
  }, () => complete.requestSubmit());
  const complete = form(act, t("checking"), code.element, h("button", { class: "wide" }, t("signIn")));
  entitle(t("codeTitle"));
  show(
    "step", () => leave(() => askForCode(done, sent, entered)),
    h("div", { class: "card" },
      h("h1", {}, t("codeTitle")),
      h("p", { class: "lead" }, t("codeSentTo", { phone: sent.phone })),
      sent.demoCode && h("p", { class: "note" }, t("demo", { code: sent.demoCode })),
      complete,
      h("div", { class: "row" },
        resendButton(sent, code, (next) => leave(() => askForCode(done, next, entered))),
        h("button", {
          class: "quiet", type: "button",
          onclick: () => leave(() => askForNumber(done, { phone: sent.phone, ...entered })),
        }, t("otherNumber")),
      ),
    ),
  );
  fillInFromSms(code.input, waiting.signal);
}

function resendButton(sent, code, sentAgain) {
  const act = async () => {
    try {
      const next = await run(REQUEST_CODE, { phone: sent.phone });
      if (next.__typename !== "CodeSent") return code.fail(inWords(next));
      sentAgain(next);
      say(t("sentAgain"));
    } catch (error) {
      code.fail(trouble(error));
    }
  };
  const button = h("button", { class: "quiet" });
  every(1, button, () => {
    if (isBusy(button)) return;
    const seconds = secondsUntil(sent.resendAt);
    button.disabled = seconds > 0;
    button.textContent = seconds > 0 ? t("resendIn", { time: clockwise(seconds) }) : t("resend");
  });
  return form(act, t("sending"), button);
}

/** Seconds as 0:59 or 1:00:00. */
function clockwise(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  return `${hours ? `${hours}:${two(minutes % 60)}` : minutes}:${two(seconds % 60)}`;
}

/** WebOTP: the phone offers to fill in the code from an SMS bound to this origin. */
async function fillInFromSms(input, signal) {
  if (!("OTPCredential" in window)) return;
  try {
    const { code } = await navigator.credentials.get({ otp: { transport: ["sms"] }, signal });
    input.value = code;
    input.dispatchEvent(new Event("input"));
    say(code);
  } catch {
    // Declined or aborted: the user types the code.
  }
}
