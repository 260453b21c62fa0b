// Storage, messages between tabs, and locks. A browser may lack or forbid each of them: then the page works for this
// visit and in this tab only.

/** Strings in the storage of this name, or in memory if it cannot be used. */
function store(name) {
  const memory = new Map();
  const attempt = (act) => {
    try {
      return act(window[name]);
    } catch {
      return undefined; // null, missing, forbidden or full
    }
  };
  const remove = (key) => {
    memory.delete(key);
    attempt((storage) => storage.removeItem(key));
  };
  return {
    get: (key) => memory.get(key) ?? attempt((storage) => storage.getItem(key)) ?? null,
    set: (key, value) => {
      remove(key);
      memory.set(key, value);
      attempt((storage) => { storage.setItem(key, value); memory.delete(key); });
    },
    remove,
  };
}

/** Shared by all tabs, kept until removed. */
export const shared = store("localStorage");

/** Of this tab, kept until it is closed. */
export const tab = store("sessionStorage");

/** Open a channel between tabs. Returns the function that sends a message to the others. */
export function channel(name, receive) {
  try {
    const opened = new BroadcastChannel(name);
    opened.onmessage = ({ data }) => receive(data);
    return (message) => opened.postMessage(message);
  } catch {
    return () => {};
  }
}

/** Run `act` in one tab at a time; without Web Locks, at once. */
export async function alone(name, act) {
  let begun = false;
  try {
    return await navigator.locks.request(name, () => { begun = true; return act(); });
  } catch (error) {
    if (begun) throw error;
    return act();
  }
}
