// Which view is shown: the sign-in, or the profile of whoever is signed in.

import { isSignedIn, onEnd } from "./api.js";
import { h } from "./dom.js";
import { askForNumber } from "./sign_in.js";
import { language, switchLanguage, t } from "./texts.js";

const root = document.documentElement;

async function profile(invite) {
  const { showProfile } = await import("./profile.js");
  await showProfile(signIn, { invite, inviteCode: root.dataset.inviteCode });
}

function signIn(note = "") {
  document.title = t("signIn");
  askForNumber(profile, { inviteCode: root.dataset.inviteCode, note });
}

function start() {
  root.lang = language();
  button.textContent = t("language");
  if (isSignedIn()) profile();
  else signIn();
}

const button = h("button", {
  class: "quiet language", type: "button", onclick: () => { switchLanguage(); start(); },
});
document.body.prepend(button);
onEnd(() => signIn(t("sessionOver")));
start();
