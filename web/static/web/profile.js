// The profile: the user's own invite code, the field for an inviter's code, the invitees and the sessions.

import { run } from "./api.js";
import { entitle, field, form, h, say, show } from "./dom.js";
import { inWords, trouble } from "./failures.js";
import { INVITEES, invitees } from "./invitees.js";
import { leaving, SESSIONS, sessions } from "./sessions.js";
import { t } from "./texts.js";

const ME = `query ($after: String) { me { phone inviteCode inviteLink activatedCode ${INVITEES} } }`;
const ACTIVATE = `mutation ($code: String!) { activateInvite(code: $code) { __typename
  ... on InviteActivated { user { activatedCode } } ... on InviteAlreadyActivated { activatedCode }
  ... on RateLimited { retryAt } ... on Problem { message } } }`;

/**
 * Show the profile. Calls `left(note)` after sign-out or deletion. `invite` is the result for the invite code given at
 * sign-in, `inviteCode` the code from the invite link.
 */
export async function showProfile(left, { invite, inviteCode }) {
  let me, all;
  try {
    [me, all] = await Promise.all([run(ME), run(SESSIONS)]);
  } catch (error) {
    showTrouble(error, () => showProfile(left, { invite, inviteCode }));
    return;
  }
  if (!me || !all) return; // the session has ended, and the onEnd callback shows the sign-in
  entitle(t("hello"));
  const entry = invitedBy(me, invite, inviteCode);
  const inviter = h("div", { class: "card" }, entry.element);
  const isRefused = Boolean(invite?.message) && !me.activatedCode; // the refusal is shown first, to be seen
  show(
    "profile", () => showProfile(left, { inviteCode: entry.entered() }),
    isRefused && inviter,
    h("div", { class: "card hero" }, ...ownCode(me)),
    !isRefused && inviter,
    h("div", { class: "card" }, ...invitees(me)),
    h("div", { class: "card" }, ...sessions(all, left)),
    h("div", { class: "card" }, leaving(left)),
  );
}

function showTrouble(error, again) {
  show("profile", again, h("div", { class: "card" }, h("p", { class: "note", role: "alert" }, trouble(error)),
    h("button", { "data-first": true, onclick: again }, t("tryAgain"))));
}

function ownCode({ phone, inviteCode, inviteLink }) {
  // The Clipboard API needs HTTPS or localhost.
  const copy = navigator.clipboard && h("button", {
    onclick: async () => {
      await navigator.clipboard.writeText(inviteLink);
      copy.textContent = t("copied");
      say(t("copied"));
      setTimeout(() => { copy.textContent = t("copy"); }, 3000);
    },
  }, t("copy"));
  const share = navigator.share && h("button", {
    class: "quiet", onclick: () => navigator.share({ url: inviteLink }).catch(() => {}),
  }, t("share"));
  return [
    h("h1", { tabindex: -1, "data-first": true }, t("hello")),
    h("p", { class: "big", translate: "no" }, inviteCode),
    h("img", { class: "qr", src: `/i/${inviteCode}/qr.svg`, alt: t("qr"), width: 148, height: 148 }),
    h("p", { class: "link" }, h("a", { href: inviteLink, translate: "no" }, inviteLink.replace(/^https?:\/\//, ""))),
    h("div", { class: "row" }, copy, share),
    h("p", { class: "hint" }, t("yourNumber", { phone })),
  ];
}

/** The field for an inviter's code, or the code already activated. `entered()` returns the content of the field. */
function invitedBy({ activatedCode, inviteCode: own }, invite, inviteCode) {
  const title = h("h2", {}, t("enterCode"));
  const activated = (code) => h("p", { translate: "no" }, t("activated", { code }));
  if (activatedCode) return { element: h("section", {}, title, activated(activatedCode)), entered: () => "" };
  const code = field(t("invitedBy"), {
    type: "text", class: "invite", autocomplete: "off", autocapitalize: "characters", spellcheck: "false",
    maxlength: 1000, required: true, value: inviteCode === own ? "" : inviteCode,
  }, t("enterCodeHint"));
  const act = async () => {
    try {
      const answer = await run(ACTIVATE, { code: code.input.value });
      const now = answer?.user?.activatedCode ?? answer?.activatedCode;
      if (now) {
        entry.replaceWith(activated(now));
        say(t("activated", { code: now }));
      } else if (answer) code.fail(inWords(answer));
    } catch (error) {
      code.fail(trouble(error));
    }
  };
  const entry = form(act, t("checking"), code.element, h("button", { class: "quiet" }, t("activate")));
  if (invite?.message) code.fail(inWords(invite));
  return { element: h("section", {}, title, entry), entered: () => code.input.value };
}
