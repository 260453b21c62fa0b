// The profile: one's code to share, somebody else's to enter, who came, and where one is signed in.

import { forget, run } from "./api.js";
import { every, field, form, h, say, show } from "./dom.js";
import { attempt, inWords, trouble } from "./sign_in.js";
import { t, when } from "./texts.js";

const NEWS = 5; // seconds between looks for newcomers
const INVITEES = `invitees(first: 20, after: $after) {
  edges { node { id phone invitedAt } } pageInfo { hasNextPage endCursor } }`;
const ME = `query ($after: String) { me { phone inviteCode inviteLink activatedCode invitedCount ${INVITEES} } }`;
const ACTIVATE = `mutation ($code: String!) { activateInvite(code: $code) { __typename
  ... on InviteActivated { user { activatedCode } } ... on InviteAlreadyActivated { activatedCode }
  ... on RateLimited { retryAt } ... on Problem { message } } }`;
const SESSIONS = "{ sessions { id lastUsedAt userAgent ipAddress current } }";
const END = "mutation ($id: ID!) { endSession(id: $id) { count } }";
const SIGN_OUT = "mutation ($everywhere: Boolean!) { signOut(everywhere: $everywhere) { count } }";
const ERASE = `mutation ($phone: String!) { deleteAccount(phone: $phone) { __typename
  ... on Problem { message } } }`;

/**
 * Show the profile; `left(note)` is called when there is none any more. `invite` is what came of the code at the
 * sign-in, and `inviteCode` the one of the link that was followed.
 */
export async function showProfile(left, { invite, inviteCode }) {
  let me;
  try {
    me = await run(ME);
  } catch (error) {
    show(h("div", { class: "card" }, h("p", { class: "note" }, trouble(error)),
      h("button", { onclick: () => showProfile(left, { invite, inviteCode }) }, "↻")));
    return;
  }
  if (!me) return; // the session is over, and whoever listens shows the sign-in
  document.title = t("hello");
  show(
    h("div", { class: "card hero" }, ...ownCode(me)),
    h("div", { class: "card" }, ...invitedBy(me, invite, inviteCode)),
    h("div", { class: "card" }, ...invitees(me)),
    h("div", { class: "card" }, ...await sessions(left)),
    h("div", { class: "card" }, ...leaving(left)),
  );
}

function ownCode({ phone, inviteCode, inviteLink }) {
  const copy = h("button", {
    onclick: async () => {
      await navigator.clipboard.writeText(inviteLink);
      copy.textContent = t("copied");
      say(t("copied"));
    },
  }, t("copy"));
  const share = navigator.share && h("button", {
    class: "quiet", onclick: () => navigator.share({ url: inviteLink }).catch(() => {}),
  }, t("share"));
  return [
    h("h1", {}, t("hello")),
    h("p", { class: "big", translate: "no" }, inviteCode),
    h("img", { class: "qr", src: `/i/${inviteCode}/qr.svg`, alt: t("qr"), width: 132, height: 132 }),
    h("div", { class: "row" }, copy, share),
    h("p", { class: "hint" }, t("yourNumber", { phone })),
  ];
}

function invitedBy({ activatedCode, inviteCode: own }, invite, inviteCode) {
  const title = h("h2", {}, t("enterCode"));
  const entered = (code) => h("p", { translate: "no" }, t("activated", { code }));
  if (activatedCode) return [title, entered(activatedCode)];
  const code = field(t("invitedBy"), {
    type: "text", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 40, required: true,
    value: inviteCode === own ? "" : inviteCode,
  }, t("enterCodeHint"));
  const act = async () => {
    try {
      const answer = await run(ACTIVATE, { code: code.input.value });
      const activated = answer?.user?.activatedCode ?? answer?.activatedCode;
      if (activated) {
        entry.replaceWith(entered(activated));
        say(t("activated", { code: activated }));
      } else if (answer) code.fail(inWords(answer));
    } catch (error) {
      code.fail(trouble(error));
    }
  };
  const entry = form(act, code.element, h("button", { class: "quiet" }, t("activate")));
  if (invite?.message) code.fail(inWords(invite));
  return [title, entry];
}

function invitees(me) {
  const list = h("ul", { class: "list" });
  const count = h("p", { class: "hint" });
  const nobody = h("p", { class: "lead" }, t("nobody"));
  const known = new Set();
  const entry = ({ node }) => {
    known.add(node.id);
    const phone = node.phone ?? t("erased");
    return h("li", {}, h("span", { translate: "no" }, phone), h("time", { datetime: node.invitedAt }, when(node.invitedAt)));
  };
  const tell = ({ invitedCount }) => {
    count.textContent = t("count", { count: invitedCount });
    nobody.hidden = invitedCount > 0;
    count.hidden = invitedCount === 0;
  };
  const more = h("button", {
    class: "quiet",
    onclick: async () => {
      const older = await attempt(() => run(ME, { after: more.dataset.after }));
      if (older) append(older.invitees);
    },
  }, t("more"));
  const append = ({ edges, pageInfo }) => {
    list.append(...edges.map(entry));
    more.dataset.after = pageInfo.endCursor;
    more.hidden = !pageInfo.hasNextPage;
  };
  const look = async () => {
    if (document.hidden || !navigator.onLine) return;
    const latest = await run(ME).catch(() => null); // next time, then
    if (!latest) return;
    const newcomers = latest.invitees.edges.filter(({ node }) => !known.has(node.id));
    list.prepend(...newcomers.map(entry));
    tell(latest);
    for (const { node } of newcomers) say(t("arrived", { phone: node.phone }));
  };
  append(me.invitees);
  tell(me);
  // Further pages by themselves, as far as somebody scrolls.
  new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && more.click()).observe(more);
  setTimeout(() => every(NEWS, list, look), NEWS * 1000);
  return [h("h2", {}, t("came")), count, nobody, list, more];
}

async function sessions(left) {
  const all = (await run(SESSIONS).catch(() => null)) ?? [];
  const entry = ({ id, current, userAgent, ipAddress, lastUsedAt }) => {
    const item = h("li", {},
      h("span", {}, device(userAgent), h("small", {}, [
        current ? t("here") : t("lastUsed", { time: when(lastUsedAt) }), ipAddress,
      ].filter(Boolean).join(" · "))),
      !current && h("button", {
        class: "quiet",
        onclick: async () => { if (await attempt(() => run(END, { id }))) item.remove(); },
      }, t("end")),
    );
    return item;
  };
  return [h("h2", {}, t("sessions")), h("ul", { class: "list" }, ...all.map(entry)), h("div", { class: "row" },
    h("button", { onclick: () => signOut(left, false) }, t("signOut")),
    h("button", { class: "quiet", onclick: () => signOut(left, true) }, t("signOutEverywhere")),
  )];
}

const BROWSERS = {
  YaBrowser: "Yandex Browser", Edg: "Edge", OPR: "Opera", Firefox: "Firefox", Chrome: "Chrome", Safari: "Safari",
};
const SYSTEMS = {
  Android: "Android", iPhone: "iPhone", iPad: "iPad", Windows: "Windows", Macintosh: "Mac", Linux: "Linux",
};

/** What people call a device; the first name that fits, as every browser says it is all the others too. */
function device(userAgent) {
  const [browser, system] = [BROWSERS, SYSTEMS].map(
    (names) => Object.entries(names).find(([name]) => userAgent.includes(name))?.[1],
  );
  return [browser, system].filter(Boolean).join(", ") || userAgent.slice(0, 40) || t("unknownDevice");
}

async function signOut(left, everywhere) {
  if (!await attempt(() => run(SIGN_OUT, { everywhere }))) return;
  forget();
  left();
}

function leaving(left) {
  const phone = field(t("phone"), { type: "tel", autocomplete: "off", required: true });
  const act = async () => {
    try {
      const answer = await run(ERASE, { phone: phone.input.value });
      if (answer?.__typename === "AccountDeleted") {
        forget();
        left(t("gone"));
      } else if (answer) phone.fail(inWords(answer));
    } catch (error) {
      phone.fail(trouble(error));
    }
  };
  return [h("details", {}, h("summary", {}, t("erase")), h("p", { class: "lead" }, t("eraseLead")),
    form(act, phone.element, h("button", { class: "danger" }, t("erase"))))];
}
