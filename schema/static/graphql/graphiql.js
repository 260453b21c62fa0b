// GraphiQL with a tab for each step of the flow. After a sign-in the page sends the access token with every request.
// Tokens, codes and numbers are kept for this tab of the browser only, never in localStorage.
"use strict";

(() => {
  const STEPS = [
    {
      query: `# 1. Request a code. Your number is in
# the variables below. In demonstration
# mode the answer contains the code, and
# the next tab is filled in.
mutation RequestCode($phone: String!) {
  requestCode(phone: $phone) {
    __typename
    ... on CodeSent {
      phone codeLength expiresAt resendAt demoCode
    }
    ... on RateLimited { retryAt }
    ... on Problem { code message }
  }
}`,
      variables: { phone: "+7 911 000-00-00" },
    },
    {
      query: `# 2. Sign in with the code.
# This tab stays signed in.
mutation VerifyCode(
  $phone: String!, $code: String!, $inviteCode: String
) {
  verifyCode(
    phone: $phone, code: $code, inviteCode: $inviteCode
  ) {
    __typename
    ... on SignedIn {
      isNewUser
      user { phone inviteCode activatedCode }
      accessToken accessTokenExpiresAt
      refreshToken refreshTokenExpiresAt
      invite { __typename ... on Problem { code message } }
    }
    ... on WrongCode { attemptsLeft }
    ... on Problem { code message }
  }
}`,
      variables: { phone: "+7 911 000-00-00", code: "", inviteCode: null },
    },
    {
      query: `# 3. Your profile, and whom you invited.
query Me {
  me {
    phone inviteCode inviteLink activatedCode
    invitedCount invitedPhones
    invitees(first: 20) {
      edges { node { phone invitedAt } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`,
    },
    {
      query: `# 4. Activate another user's invite code.
# This works once.
mutation ActivateInvite($code: String!) {
  activateInvite(code: $code) {
    __typename
    ... on InviteActivated { user { activatedCode } }
    ... on InviteAlreadyActivated { activatedCode }
    ... on Problem { code message }
  }
}`,
      variables: { code: "" },
    },
    {
      query: `# 5. List your sessions, and sign out.
query Sessions {
  sessions { id createdAt lastUsedAt userAgent ipAddress current }
}

mutation SignOut {
  signOut { count }
}`,
    },
  ];

  const PATIENCE = 10_000; // milliseconds
  const TOKEN = "referral:accessToken";
  const storage = workingStorage();
  let accessToken = storage?.getItem(TOKEN) ?? null;
  let sent = null; // the last CodeSent that the tab of VerifyCode has not taken over

  // sessionStorage, or null where the browser forbids it or has no room: then nothing survives a reload.
  function workingStorage() {
    try {
      window.sessionStorage.setItem("referral:works", "yes");
      return window.sessionStorage;
    } catch {
      return null;
    }
  }

  function keep(token) {
    accessToken = token;
    if (token) storage?.setItem(TOKEN, token);
    else storage?.removeItem(TOKEN);
  }

  function learn({ data, errors }) {
    if (errors?.some((error) => error.extensions?.code === "UNAUTHENTICATED")) keep(null);
    for (const answer of Object.values(data ?? {})) {
      if (answer?.accessToken) keep(answer.accessToken);
      if (answer?.__typename === "AccountDeleted") keep(null);
      if (answer?.__typename === "CodeSent") sent = answer;
    }
  }

  async function fetcher(operation, { headers = {} } = {}) {
    const mine = accessToken ? { Authorization: `Bearer ${accessToken}` } : {};
    const response = await fetch(window.location.pathname, {
      method: "POST",
      credentials: "omit",
      headers: { "Content-Type": "application/json", ...mine, ...headers },
      body: JSON.stringify(operation),
    });
    const answer = await response.json();
    learn(answer);
    return answer;
  }

  // The text of the variables with the number and the code of `answer`.
  function filled(text, answer) {
    let variables = {};
    try {
      variables = JSON.parse(text);
    } catch {
      // Nothing, or not JSON: begin anew.
    }
    const { phone = variables.phone, demoCode } = answer;
    return JSON.stringify({ ...variables, phone, code: demoCode ?? "" }, null, 2);
  }

  // Fills in the variables of VerifyCode when its tab is opened. Shows nothing.
  function Filler() {
    const { tabs, activeTabIndex, variableEditor } = GraphiQL.React.useEditorContext();
    const operation = tabs[activeTabIndex]?.operationName;
    React.useEffect(() => {
      if (!sent || !variableEditor || operation !== "VerifyCode") return;
      variableEditor.setValue(filled(variableEditor.getValue(), sent));
      sent = null;
    }, [activeTabIndex, operation, variableEditor]);
    return null;
  }

  function toolbar({ prettify, merge, copy }) {
    return React.createElement(React.Fragment, null, prettify, merge, copy, React.createElement(Filler));
  }

  function start() {
    const tabs = STEPS.map(({ query, variables }) => ({
      query,
      variables: variables && JSON.stringify(variables, null, 2),
    }));
    const properties = {
      fetcher,
      defaultTabs: tabs,
      plugins: [GraphiQLPluginExplorer.explorerPlugin()],
      defaultEditorToolsVisibility: "variables",
      shouldPersistHeaders: false,
      // GraphiQL ignores the variables of the first default tab; after a reload it restores what was typed.
      variables: storage?.getItem("graphiql:tabState") ? undefined : tabs[0].variables,
      storage, // null: GraphiQL keeps nothing
    };
    const editor = React.createElement(GraphiQL, properties, React.createElement(GraphiQL.Toolbar, null, toolbar));
    ReactDOM.createRoot(document.getElementById("graphiql")).render(editor);
  }

  function explain() {
    document.getElementById("loading").hidden = true;
    document.getElementById("missing").hidden = false;
  }

  const waiting = setTimeout(explain, PATIENCE);
  // Deferred scripts have run by then, or failed.
  document.addEventListener("DOMContentLoaded", () => {
    clearTimeout(waiting);
    const names = ["React", "ReactDOM", "GraphiQL", "GraphiQLPluginExplorer"];
    if (names.every((name) => name in window)) start();
    else explain();
  });
})();
