// Loads the profile and composes its views: the ticket with who came, and the account.

import "./profile_texts.js";

import { onEnd, run } from "./api.js";
import { account } from "./account.js";
import { entitle, h, say, show } from "./dom.js";
import { inWords, trouble } from "./failures.js";
import { answer, draft, question } from "./invited_by.js";
import { INVITEES, invitees } from "./invitees.js";
import { spaced } from "./people.js";
import { SESSIONS } from "./sessions.js";
import { ticket } from "./ticket.js";
import { t } from "./texts.js";

const ME = `query ($first: Int = 20, $after: String) { me { phone inviteCode inviteLink activatedCode ${INVITEES} } }`;
let shown = null; // the profile of this visit: { me, left, draft, isAsked, refusal, visit, inAccount }

onEnd(() => { shown = null; });
addEventListener("popstate", ({ state }) => {
  if (!shown) return;
  if (state?.account === shown.visit) showAccount(shown);
  else if (shown.inAccount) showTicket(shown, true);
});

/**
 * Show the profile. Calls `left(note)` after sign-out or deletion. `invite` is the result for the invite code given at
 * sign-in, `inviteCode` the code from the invite link.
 */
export async function showProfile(left, { invite, inviteCode }) {
  const me = await loaded(() => Promise.all([run(ME), styles]).then(([me]) => me),
    () => showProfile(left, { invite, inviteCode }));
  if (!me) return;
  const refusal = invite?.message && inWords(invite);
  const text = inviteCode === me.inviteCode ? "" : inviteCode;
  const isAsked = Boolean(invite || (text && !me.activatedCode)); // the code came by link or sign-in: shown first
  shown = { me, left, refusal, isAsked, draft: draft(text, refusal), visit: Date.now() };
  showTicket(shown);
}

/** The result of `load`; null if the session has ended, and the onEnd callback shows the sign-in, or after a failure. */
async function loaded(load, again) {
  try {
    return await load();
  } catch (error) {
    show("profile narrow", again, h("section", { class: "card" }, h("p", { class: "note", role: "alert" }, trouble(error)),
      h("button", { type: "button", "data-first": true, onclick: again }, t("tryAgain"))));
    return null;
  }
}

function showTicket(profile, isBack = false) {
  const { me, isAsked } = profile;
  profile.inAccount = false;
  const own = ticket(me);
  const asked = inviter(profile, own.element);
  const entry = h("button", { class: "account", type: "button", onclick: () => enterAccount(profile) },
    h("span", {}, t("account")), h("span", { class: "soft", translate: "no" }, spaced(me.phone)));
  const isFirst = isAsked && !me.activatedCode;
  entitle(t("yourCode"));
  show("profile", () => showTicket(profile),
    isFirst && asked, own.element, isAsked && !isFirst && asked, invitees(me, own.tell), !isAsked && asked, entry);
  if (isBack) entry.focus();
}

/** The question who invited the viewer, or the answer. A new answer stands below the ticket. */
function inviter({ me, draft, refusal }, ticket) {
  if (me.activatedCode) return answer(me.activatedCode, refusal);
  const element = question(draft, (code, refusal) => {
    me.activatedCode = code;
    const card = answer(code, refusal);
    element.remove();
    ticket.after(card);
    card.focus();
    say(t("cameWith", { code }));
  });
  return element;
}

function enterAccount(profile) {
  history.pushState({ account: profile.visit }, "");
  showAccount(profile);
}

async function showAccount(profile) {
  profile.inAccount = true;
  const all = await loaded(() => run(SESSIONS), () => showAccount(profile));
  if (!all || !profile.inAccount || profile !== shown) return;
  const draft = { text: "", open: false };
  const draw = () => {
    entitle(t("account"));
    show("profile narrow", draw,
      ...account(profile.me, all, draft, { back: () => history.back(), left: profile.left }));
  };
  draw();
  scrollTo(0, 0);
}

/** Settles once the stylesheet is loaded, or cannot be. */
const styles = new Promise((settled) => {
  const { profileStyles } = document.documentElement.dataset;
  if (!profileStyles) settled();
  else document.head.append(h("link", { rel: "stylesheet", href: profileStyles, onload: settled, onerror: settled }));
});
