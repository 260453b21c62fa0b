// DOM helpers, and announcements for screen readers.

/** Create an element. Attributes such as `onclick` add listeners; null and false children are skipped. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...present(children));
  return element;
}

const present = (children) => children.flat().filter((child) => child != null && child !== false);
const main = () => document.getElementById("main");
let again = () => {};

/**
 * Replace the current view, and move focus to its start. `redraw` shows the same view again, keeping what was entered
 * meanwhile.
 */
export function show(redraw, ...children) {
  again = redraw;
  main().replaceChildren(...present(children));
  const wrong = main().querySelector("[aria-invalid=true]");
  if (wrong) wrong.focus();
  else (main().querySelector("[data-first]") ?? main()).focus({ preventScroll: true });
}

/** Redraw the current view, in another language. */
export const showAgain = () => again();

/** Announce a text to screen readers without moving focus; with `shown`, also show it as a toast. */
export function say(text, { shown = false } = {}) {
  const status = document.getElementById("status");
  status.className = shown ? "toast" : "visually-hidden";
  status.textContent = text;
}

let counter = 0;

/** A labelled input. `fail(text)` shows an error below it. */
export function field(label, attributes, hint) {
  const id = `field-${++counter}`;
  const error = h("p", { id: `${id}-error`, class: "error", role: "alert" });
  const described = hint ? h("p", { id: `${id}-hint`, class: "hint" }, hint) : null;
  const input = h("input", { id, "aria-describedby": `${id}-error${hint ? ` ${id}-hint` : ""}`, ...attributes });
  const element = h("div", { class: "field" }, h("label", { for: id }, label), input, described, error);
  const fail = (text) => {
    error.textContent = text;
    input.setAttribute("aria-invalid", text ? "true" : "false");
    if (text) input.focus();
  };
  input.addEventListener("input", () => fail(""));
  return { element, input, fail };
}

/** A form that runs `act` on submit. Ignores further submits while it runs. */
export function form(act, ...children) {
  const element = h("form", {
    novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      const buttons = [...element.querySelectorAll("button")];
      if (element.ariaBusy === "true") return;
      element.ariaBusy = "true";
      for (const button of buttons) button.disabled = true;
      try {
        await act();
      } finally {
        element.ariaBusy = "false";
        for (const button of buttons) button.disabled = false;
      }
    },
  }, ...children);
  return element;
}

/** Run `tick` now and every `seconds`, until `element` is removed from the page. */
export function every(seconds, element, tick) {
  tick();
  const timer = setInterval(() => (element.isConnected ? tick() : clearInterval(timer)), seconds * 1000);
}
