// The second step of the sign-in, which asks for the code that was sent.

import { keep, run, trouble } from "./api.js";
import { codeField } from "./code_field.js";
import { form, h } from "./dom.js";
import { spaced } from "./people.js";
import { nextCode } from "./resend.js";
import { showStep } from "./sign_in.js";
import { inWords, t } from "./texts.js";

const VERIFY_CODE = `mutation ($phone: String!, $code: String!, $inviteCode: String) {
  verifyCode(phone: $phone, code: $code, inviteCode: $inviteCode) { __typename
    ... on SignedIn { accessToken accessTokenExpiresAt refreshToken
      invite { __typename ... on RateLimited { retryAt } ... on Problem { message } } }
    ... on WrongCode { attemptsLeft } ... on RateLimited { retryAt } ... on Problem { message } } }`;

/**
 * Ask for the code. `sent` is a CodeSent; without a `codeLength` nobody knows whether a code was sent. `sent.over` names
 * a text that says why this code is of no use any more. `digits` were typed already.
 */
export function askForCode(flow, sent, entered, digits = "") {
  const waiting = new AbortController();
  const again = (next) => { waiting.abort(); flow.keep(next, entered); askForCode(flow, next, entered); };
  const code = codeField(sent, digits, () => complete.requestSubmit());
  const act = async () => {
    try {
      const answer = await run(VERIFY_CODE, {
        phone: sent.phone, code: code.input.value, inviteCode: entered.inviteCode || null,
      });
      if (answer.__typename === "SignedIn") {
        keep(answer);
        waiting.abort();
        return await flow.done(answer.invite);
      }
      const over = whyOver(answer);
      if (over && sent.codeLength) return again({ ...sent, over });
      code.clear();
      code.fail(over ? t(over) : answer.attemptsLeft ? t("wrongCode", { count: answer.attemptsLeft }) : inWords(answer));
    } catch (error) {
      code.fail(trouble(error));
    }
  };
  const next = nextCode(sent, code, again);
  const complete = form(act, t("checking"), code.element, !sent.over && h("button", { class: "primary" }, t("signIn")));
  const other = h("button", {
    class: "text", type: "button", onclick: () => { waiting.abort(); flow.toNumber(); },
  }, t("otherNumber"));
  showStep(
    () => { waiting.abort(); askForCode(flow, sent, entered, code.input.value); },
    {
      title: t("codeTitle"),
      lead: sentence(sent.codeLength ? "codeSentTo" : "codeFor", spaced(sent.phone)),
      circles: sent.over ? [90, 350] : [150, 300],
    },
    sent.demoCode && !sent.over && h("p", { class: "note" }, t("demo", { code: sent.demoCode })),
    complete,
    ...(sent.over ? [next, other] : [h("div", { class: "between" }, next, other)]),
  );
  if (sent.over) code.fail(t(sent.over));
  else code.fillInFromSms(waiting.signal);
}

function whyOver({ __typename, attemptsLeft }) {
  if (attemptsLeft === 0) return "noAttempts";
  return __typename === "CodeExpired" ? "expired" : null;
}

/** A text whose {phone} is set apart. */
function sentence(name, phone) {
  const [before, after] = t(name, { phone: "\n" }).split("\n");
  return [before, h("b", { translate: "no" }, phone), after];
}
