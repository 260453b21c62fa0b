// Shows the sign-in, or the profile of the signed-in user.

import { isSignedIn, onEnd } from "./api.js";
import { h, say, showAgain } from "./dom.js";
import { askForNumber } from "./sign_in.js";
import { language, switchLanguage, t } from "./texts.js";

const root = document.documentElement;
const { inviteCode } = root.dataset;

async function profile(invite) {
  const { showProfile } = await import("./profile.js");
  await showProfile(signIn, { invite, inviteCode });
}

function signIn(note = "") {
  askForNumber(profile, { inviteCode, note, invited: Boolean(inviteCode) });
}

function speak() {
  root.lang = language();
  button.textContent = t("language");
}

const button = h("button", {
  class: "quiet language", type: "button", onclick: () => { switchLanguage(); speak(); showAgain(); },
});
document.querySelector("header").append(button);
addEventListener("offline", () => say(t("offline"), { shown: true }));
addEventListener("online", () => say(""));
onEnd(() => signIn("sessionOver"));
speak();
if (isSignedIn()) profile();
else signIn();
