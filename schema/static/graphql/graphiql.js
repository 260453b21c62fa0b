// GraphiQL with a tab for each step of the flow. After a sign-in the page keeps the access token in memory
// and sends it with every request.
"use strict";

(() => {
  const STEPS = [
    {
      query: `# 1. Request a code (your number is in the variables below).
# In demonstration mode the response contains it: demoCode.
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
      query: `# 2. Sign in with the code. This page stays signed in.
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
      query: `# 3. Your profile, and the users you invited.
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
      query: `# 4. Activate another user's invite code (only once).
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

  let accessToken = null;

  function learn(data) {
    for (const answer of Object.values(data ?? {})) {
      if (answer?.accessToken) accessToken = answer.accessToken;
      if (answer?.__typename === "AccountDeleted") accessToken = null;
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
    learn(answer.data);
    return answer;
  }

  const tabs = STEPS.map(({ query, variables }) => ({
    query,
    variables: variables && JSON.stringify(variables, null, 2),
  }));
  const editor = React.createElement(GraphiQL, {
    fetcher,
    defaultTabs: tabs,
    plugins: [GraphiQLPluginExplorer.explorerPlugin()],
    defaultEditorToolsVisibility: "variables",
    shouldPersistHeaders: false,
    // GraphiQL ignores the variables of the first default tab; after a reload it restores what was typed.
    variables: window.sessionStorage.getItem("graphiql:tabState") ? undefined : tabs[0].variables,
    storage: window.sessionStorage, // variables contain codes and tokens, so do not outlive the tab
  });
  ReactDOM.createRoot(document.getElementById("graphiql")).render(editor);
})();
