/** What a screen calls: the answer if it is a yes, else an error whose message is for the user. */

import { type Client, unknown } from "./client.ts";
import { ActivateInvite, Me, RequestCode, SignOut, VerifyCode } from "./operations.ts";

export class Refused extends Error {
  /** `field` is the one to mark; before `retryAt` there is no use in trying again. */
  constructor(message: string, readonly at: { field?: "phone" | "code"; retryAt?: string } = {}) {
    super(message);
  }
}

export async function requestCode(client: Client, phone: string) {
  const { requestCode: result } = await client.send(RequestCode, { phone });
  switch (result.__typename) {
    case "CodeSent":
      return result;
    case "InvalidPhone":
    case "CountryNotAllowed":
      throw new Refused(result.message, { field: "phone" });
    case "RateLimited":
      throw new Refused(result.message, { retryAt: result.retryAt });
    case "DeliveryFailed":
      throw new Refused(result.message);
    default:
      return unknown(result);
  }
}

export async function verifyCode(client: Client, phone: string, code: string, inviteCode: string | null = null) {
  const { verifyCode: result } = await client.send(VerifyCode, { phone, code, inviteCode });
  switch (result.__typename) {
    case "SignedIn":
      client.store.set({ accessToken: result.accessToken, refreshToken: result.refreshToken });
      return { isNewUser: result.isNewUser, invite: result.invite };
    case "InvalidPhone":
      throw new Refused(result.message, { field: "phone" });
    case "WrongCode":
    case "CodeExpired":
      throw new Refused(result.message, { field: "code" });
    case "RateLimited":
      throw new Refused(result.message, { retryAt: result.retryAt });
    default:
      return unknown(result);
  }
}

export async function activateInvite(client: Client, code: string) {
  const { activateInvite: result } = await client.send(ActivateInvite, { code });
  switch (result.__typename) {
    case "InviteActivated":
      return result.user;
    case "InviteNotFound":
    case "OwnInvite":
    case "CircularInvite":
    case "InviteAlreadyActivated":
      throw new Refused(result.message, { field: "code" });
    case "RateLimited":
      throw new Refused(result.message, { retryAt: result.retryAt });
    default:
      return unknown(result);
  }
}

export async function me(client: Client) {
  const { me } = await client.send(Me);
  if (!me) throw new Error("Null only beside an error, which was thrown before.");
  return me;
}

export async function signOut(client: Client, everywhere = false) {
  await client.send(SignOut, { everywhere });
  client.store.set(null);
}
