/** Two users sign in, and the second activates the first one's invite code. Needs demonstration mode. */

import { activateInvite, me, requestCode, verifyCode } from "./account.ts";
import { Client } from "./client.ts";

const url = process.env["REFERRAL_URL"] ?? "http://localhost:8000/graphql";

async function signIn(phone: string): Promise<Client> {
  const client = new Client(url);
  const { demoCode } = await requestCode(client, phone);
  if (!demoCode) throw new Error("This server sends its codes by SMS: start it with `make run`.");
  await verifyCode(client, phone, demoCode);
  return client;
}

const digits = String(Date.now()).slice(-7); // numbers that nobody has used yet
const [anna, boris] = await Promise.all([signIn(`+7911${digits}`), signIn(`+7912${digits}`)]);

await activateInvite(boris, (await me(anna)).inviteCode);
console.log(JSON.stringify({ anna: await me(anna), boris: await me(boris) }, null, 2));
