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
let shown = new AbortController();

/**
 * Replace the current view, and move focus to its start. `redraw` shows the same view again, keeping what was entered
 * meanwhile. `view` is "step" or "profile", the class of `body` that the stylesheets use. Returns a signal of when the
 * view is left.
 */
export function show(view, redraw, ...children) {
  again = redraw;
  shown.abort();
  shown = new AbortController();
  document.body.className = view;
  main().replaceChildren(...present(children));
  const wrong = main().querySelector("[aria-invalid=true]");
  if (wrong) wrong.focus();
  else (main().querySelector("[data-first]") ?? main()).focus({ preventScroll: true });
  return shown.signal;
}

/** Set the page's title, with the brand's name. */
export function entitle(text) {
  document.title = `${text} · ${document.documentElement.dataset.brand}`;
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

/**
 * A labelled input, in the element that `wrap` puts around it. `fail(text)` shows an error below it, which is not about
 * its content if `isWrong` is false.
 */
export function field(label, attributes, hint, wrap = (input) => input) {
  const id = `field-${++counter}`;
  const error = h("p", { id: `${id}-error`, class: "error", role: "alert" });
  const described = hint ? h("p", { id: `${id}-hint`, class: "hint" }, hint) : null;
  const input = h("input", { id, "aria-describedby": `${id}-error${hint ? ` ${id}-hint` : ""}`, ...attributes });
  const element = h("div", { class: "field" }, h("label", { for: id }, label), wrap(input), described, error);
  const fail = (text, isWrong = true) => {
    error.textContent = text;
    error.classList.toggle("lost", !isWrong);
    input.setAttribute("aria-invalid", text && isWrong ? "true" : "false");
    if (text) input.focus();
  };
  input.addEventListener("input", () => fail(""));
  return { element, input, fail };
}

/** A form that runs `act` on submit, with the text `doing` on its button meanwhile. Ignores further submits. */
export function form(act, doing, ...children) {
  const element = h("form", {
    novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      const button = element.querySelector("button:not([type=button])");
      if (isBusy(button)) return;
      const rest = work(button, doing);
      try {
        await act();
      } finally {
        rest();
      }
    },
  }, ...children);
  return element;
}

export const isBusy = (button) => button.getAttribute("aria-busy") === "true";

/** Mark a button as busy, and return the function that ends it. It is not `disabled`, which would lose the focus. */
function work(button, doing) {
  const idle = [...button.childNodes];
  const mark = (busy, ...content) => {
    button.setAttribute("aria-busy", busy);
    button.setAttribute("aria-disabled", busy);
    button.replaceChildren(...content);
  };
  mark(true, h("span", { class: "spinner" }), doing);
  say(doing);
  return () => {
    mark(false, ...idle);
    if (document.getElementById("status").textContent === doing) say("");
  };
}

/** Run `tick` now and every `seconds`, until `element` is removed from the page. */
export function every(seconds, element, tick) {
  tick();
  const timer = setInterval(() => (element.isConnected ? tick() : clearInterval(timer)), seconds * 1000);
}

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element, decorative. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** An icon of icons.svg. */
export function icon(name) {
  const { icons } = document.documentElement.dataset;
  return svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `${icons}#${name}` }));
}
