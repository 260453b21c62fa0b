// Shows the profile of the signed-in user, or a step of the sign-in. The tab keeps the step, for a reload and for Back.

import { isSignedIn, onEnd, trouble } from "./api.js";
import { tab } from "./browser.js";
import { now } from "./clock.js";
import { h, say, showAgain } from "./dom.js";
import { askForNumber, showStep } from "./sign_in.js";
import { language, switchLanguage, t } from "./texts.js";

const root = document.documentElement;
const { inviteCode } = root.dataset;
const KEPT = "codeStep";
const GRACE = 15 * 60_000; // milliseconds that a step is kept after its code has expired

/** How the steps lead to each other. `sent` is a CodeSent, `entered` what the user entered before. */
const flow = {
  /** Load what the next step needs. It is asked for again then, if this fails. */
  prepare: () => import("./code_step.js").catch(() => {}),
  /** Ask for the code, which was sent or may have been. */
  toCode(sent, entered) {
    keep(sent, entered);
    if (!isAtCode()) history.pushState({ step: "code" }, "");
    showNow();
  },
  /** Ask for the code with what is known now, unless the user has left the step. */
  refreshCode(sent, entered) {
    keep(sent, entered);
    if (isAtCode()) showNow();
  },
  kept,
  /** Ask for another number. */
  toNumber: () => history.back(),
  async done(invite, entered) {
    tab.remove(KEPT);
    history.replaceState({}, "");
    await profile(invite, entered.inviteCode);
  },
};

const isAtCode = () => history.state?.step === "code";

function keep(sent, entered) {
  const until = (sent.expiresAt ? Date.parse(sent.expiresAt) : now()) + GRACE;
  tab.set(KEPT, JSON.stringify({ sent, entered, until, link: inviteCode }));
}

/** The step that asks for a code, as it was kept; null if it is long over, or belongs to another link. */
function kept() {
  try {
    const step = JSON.parse(tab.get(KEPT));
    return step?.until > now() && (!inviteCode || step.link === inviteCode) ? step : null;
  } catch {
    return null;
  }
}

async function profile(invite, entered = inviteCode) {
  try {
    const { showProfile } = await import("./profile.js");
    await showProfile(signIn, { invite, inviteCode: entered });
  } catch (error) {
    showTrouble(error, () => profile(invite, entered));
  }
}

/** Begin the sign-in, or go on with it. Below the step for the code there is always one to go back to. */
function signIn(note = "") {
  if (!history.state?.step) {
    history.replaceState({ step: "number" }, "");
    if (kept()) history.pushState({ step: "code" }, "");
  }
  showNow(note);
}

/** Show the step that the history is at. */
async function showNow(note = "") {
  const step = isAtCode() ? kept() : null;
  if (!step) return askForNumber(flow, { note, inviteCode, invited: Boolean(inviteCode), ...kept()?.entered });
  try {
    const { askForCode } = await import("./code_step.js");
    askForCode(flow, step.sent, step.entered);
  } catch (error) {
    showTrouble(error, showNow);
  }
}

/** Say that something could not be loaded, and offer to try again. */
function showTrouble(error, again) {
  showStep(again, { title: t("notLoaded"), lead: trouble(error), circles: [60, 390] },
    h("button", { class: "primary", "data-first": true, onclick: () => again() }, t("tryAgain")));
}

function speak() {
  root.lang = language();
  button.lang = language() === "ru" ? "en" : "ru";
  button.textContent = t("language");
}

const button = h("button", {
  class: "text", type: "button", onclick: () => { switchLanguage(); speak(); showAgain(); },
});
document.querySelector("header").append(button);
addEventListener("offline", () => say(t("offline"), { shown: true }));
addEventListener("online", () => say(""));
addEventListener("popstate", () => { if (!isSignedIn()) showNow(); });
onEnd(() => signIn("sessionOver"));
speak();
if (isSignedIn()) profile();
else signIn();
