// GraphQL over HTTP, as npm's graphql-http audits it. Prints what failed, and how many passed.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
for (const result of results.filter(({ status }) => status !== "ok")) {
  console.log(`${result.status} ${result.name}: ${result.reason}`);
}
console.log(`${results.filter(({ status }) => status === "ok").length} of ${results.length}`);
