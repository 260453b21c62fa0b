// GraphiQL with the whole flow prepared, a tab for each step. Whoever signs in is signed in: the access
// token of an answer is kept in this page's memory and sent with what is run next.
"use strict";

(() => {
  const STEPS = [
    {
      query: `# 1. Ask for a code (your number is in the variables below).
# In demonstration mode it is in the answer: demoCode.
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
      query: `# 2. Sign in with it. From here on this page is signed in.
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
      query: `# 3. Your profile, and who came with your invite code.
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
      query: `# 4. Enter somebody else's invite code. Once.
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
      query: `# 5. Where you are signed in, and signing out.
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
    // The first tab's variables are not taken from it; after a reload they are whatever was typed.
    variables: window.sessionStorage.getItem("graphiql:tabState") ? undefined : tabs[0].variables,
    storage: window.sessionStorage, // variables hold codes and tokens: gone with the tab
  });
  ReactDOM.createRoot(document.getElementById("graphiql")).render(editor);
})();
