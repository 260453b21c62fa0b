// The server's clock, known from the Date header of its responses. The device's own clock may be hours off.

import { tab } from "./browser.js";

const KEPT = "clock"; // milliseconds that the server is ahead of the device
let known = reading(Date.now() + Number(tab.get(KEPT)));

function reading(server) {
  return { server, device: Date.now(), running: performance.now() };
}

/** Note the time of a response that has just arrived. */
export function learn({ headers }) {
  const server = Date.parse(headers.get("Date"));
  if (Number.isNaN(server)) return;
  known = reading(server);
  tab.set(KEPT, String(server - known.device));
}

/**
 * The server's time in milliseconds. Never ahead of it, and behind it by the latency and by less than a second.
 * `performance` may stand still while the device sleeps, and the device's clock may be set back: the later one counts.
 */
export function now() {
  return known.server + Math.max(Date.now() - known.device, performance.now() - known.running);
}

/** Whole seconds until an instant of the server, rounded up; 0 if it has passed or is not known. */
export function secondsUntil(instant) {
  return instant ? Math.max(0, Math.ceil((Date.parse(instant) - now()) / 1000)) : 0;
}

/** The device's time at an instant of the server, rounded up to the second. */
export function onDevice(instant) {
  return new Date(Math.ceil((Date.now() + Date.parse(instant) - now()) / 1000) * 1000);
}
