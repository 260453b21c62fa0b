// The second step of the sign-in, which asks for the code that was sent.

import { keep, run, trouble } from "./api.js";
import { codeField } from "./code_field.js";
import { form, h, say } from "./dom.js";
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
 * Ask for the code. `sent` is a CodeSent; without a `codeLength` it is not known whether a code was sent. `sent.over`
 * names a text that says why this code is of no use any more. `digits` were typed already.
 */
export function askForCode(flow, sent, entered, digits = "") {
  const again = (next) => flow.refreshCode(next, entered);
  const code = codeField(sent, digits, () => complete.requestSubmit());
  const words = h("span", {}, t("signIn"));
  const tell = (text, isWrong = true) => {
    if (here.aborted) return say(text, { shown: true });
    code.fail(text, isWrong);
  };
  const act = async () => {
    try {
      const answer = await run(VERIFY_CODE, {
        phone: sent.phone, code: code.input.value, inviteCode: entered.inviteCode || null,
      });
      if (answer.__typename === "SignedIn") {
        keep(answer);
        return await flow.done(answer.invite, entered);
      }
      const over = whyOver(answer);
      if (over && sent.codeLength) return again({ ...sent, over });
      code.clear();
      tell(over ? t(over) : refusal(answer));
    } catch (error) {
      words.textContent = t("tryAgain");
      tell(trouble(error), false);
    }
  };
  const next = nextCode(sent, tell, again);
  const complete = form(act, t("checking"), code.element, !sent.over && h("button", { class: "primary" }, words));
  const other = h("button", { class: "text", type: "button", onclick: flow.toNumber }, t("otherNumber"));
  const here = showStep(
    () => askForCode(flow, sent, entered, code.input.value),
    {
      title: t("codeTitle"),
      lead: sentence(sent.codeLength ? "codeSentTo" : "codeFor", spaced(sent.phone)),
      circles: sent.over ? [90, 350] : [150, 300],
    },
    sent.demoCode && !sent.over && h("p", { class: "note" }, t("demo", { code: sent.demoCode })),
    complete,
    ...(sent.over ? [next, other] : [h("div", { class: "between" }, next, other)]),
    !sent.demoCode && !sent.over && h("p", { class: "soft" }, h("small", {}, t("noSms"))),
  );
  if (sent.over) code.fail(t(sent.over));
  else code.fillInFromSms(here);
  code.input.addEventListener("input", () => { words.textContent = t("signIn"); });
}

function whyOver({ __typename, attemptsLeft }) {
  if (attemptsLeft === 0) return "noAttempts";
  return __typename === "CodeExpired" ? "expired" : null;
}

function refusal(answer) {
  return answer.attemptsLeft ? t("wrongCode", { count: answer.attemptsLeft }) : inWords(answer);
}

/** A text whose {phone} is set apart. */
function sentence(name, phone) {
  const [before, after] = t(name, { phone: "\n" }).split("\n");
  return [before, h("b", { translate: "no" }, phone), after];
}
