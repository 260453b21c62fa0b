import type { TypedDocumentString } from "./generated/graphql.ts";
import { RefreshSession } from "./operations.ts";

export type Tokens = { accessToken: string; refreshToken: string };

/** Read before every request, so that tabs which share a store share a session. */
export interface TokenStore {
  get(): Tokens | null;
  set(tokens: Tokens | null): void;
}

export function inMemory(tokens: Tokens | null = null): TokenStore {
  return { get: () => tokens, set: (next) => { tokens = next; } };
}

/** A top-level error, and the `extensions.code` that says which. */
export class Failure extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

/** Does not compile while a `switch` misses a member. At run time a newer server may still have one more. */
export function unknown(result: never): never {
  const { message } = result as { message?: string };
  throw new Error(message ?? `An answer that this build does not know: ${JSON.stringify(result)}`);
}

type Arguments<Variables> = Variables extends Record<string, never> ? [] : [variables: Variables];

export class Client {
  #refreshing: Promise<void> | null = null;

  constructor(readonly url: string, readonly store: TokenStore = inMemory()) {}

  /** The data of one operation, which is repeated once if its access token has expired meanwhile. */
  async send<Data, Variables>(
    document: TypedDocumentString<Data, Variables>, ...[variables]: Arguments<Variables>
  ): Promise<Data> {
    const token = this.store.get()?.accessToken;
    try {
      return await this.#post(document, variables, token);
    } catch (error) {
      if (!token || !(error instanceof Failure && error.code === "UNAUTHENTICATED")) throw error;
      // Unless another request, or another tab, has refreshed since this one was sent.
      if (this.store.get()?.accessToken === token) await this.#refreshOnce();
      const newToken = this.store.get()?.accessToken;
      if (!newToken) throw error;
      return await this.#post(document, variables, newToken);
    }
  }

  #refreshOnce(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => { this.#refreshing = null; });
    return this.#refreshing;
  }

  async #refresh(): Promise<void> {
    const refreshToken = this.store.get()?.refreshToken;
    if (!refreshToken) return;
    const { refreshSession: result } = await this.#post(RefreshSession, { refreshToken });
    // Signed out, in as somebody else, or refreshed by another tab: that is newer than this answer.
    if (this.store.get()?.refreshToken !== refreshToken) return;
    switch (result.__typename) {
      case "SessionRefreshed":
        return this.store.set({ accessToken: result.accessToken, refreshToken: result.refreshToken });
      case "InvalidRefreshToken":
        return this.store.set(null);
      case "RateLimited":
        throw new Failure("RATE_LIMITED", result.message); // still signed in
      default:
        return unknown(result);
    }
  }

  async #post<Data, Variables>(
    document: TypedDocumentString<Data, Variables>, variables: Variables | undefined, token?: string
  ): Promise<Data> {
    const headers = { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) };
    const body = JSON.stringify({ query: document.toString(), variables });
    const response = await fetch(this.url, { method: "POST", headers, body });
    const { data, errors } = await response.json().catch(() => {
      throw new Failure("NO_JSON", `The answer is no JSON, status ${response.status}.`); // a proxy's own page
    });
    if (errors?.length) throw new Failure(errors[0].extensions?.code ?? "UNKNOWN", errors[0].message);
    return data;
  }
}
