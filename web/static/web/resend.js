// The button that sends the next code, once its time has come.

import { trouble } from "./api.js";
import { secondsUntil } from "./clock.js";
import { every, form, h, isBusy, say } from "./dom.js";
import { requestCode } from "./sign_in.js";
import { inWords, t } from "./texts.js";

/**
 * A form with the button. It is the main one of its step if the code that was sent is over. Calls `sentAgain` with the
 * next CodeSent, or `tell` with what went wrong.
 */
export function nextCode(sent, tell, sentAgain) {
  let { resendAt, wait } = sent;
  const act = async () => {
    try {
      const next = await requestCode(sent.phone);
      if (next.__typename === "CodeSent") {
        sentAgain(next);
        return say(t("sentAgain"));
      }
      if (next.retryAt) [resendAt, wait] = [next.retryAt, next.wait];
      tell(inWords(next));
    } catch (error) {
      tell(trouble(error), false);
    }
  };
  const passed = h("progress", { "aria-hidden": "true" });
  const words = h("span");
  const button = h("button", { class: sent.over ? "primary" : "text" }, sent.over && passed, words);
  every(1, button, () => {
    if (isBusy(button)) return;
    const seconds = secondsUntil(resendAt);
    button.disabled = seconds > 0;
    button.classList.toggle("wait", Boolean(sent.over) && seconds > 0);
    passed.hidden = seconds === 0;
    passed.max = Math.max(wait ?? 0, seconds, 1);
    passed.value = passed.max - seconds;
    words.textContent = seconds > 0 ? t("resendIn", { time: clockwise(seconds) }) : t("resend");
  });
  return form(act, t("sending"), button);
}

/** Seconds as 0:59 or 1:00:00. */
function clockwise(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  return `${hours ? `${hours}:${two(minutes % 60)}` : minutes}:${two(seconds % 60)}`;
}
