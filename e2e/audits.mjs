// Runs the GraphQL over HTTP audits of npm's graphql-http. Prints failures, and how many audits passed.
import { auditServer } from "graphql-http";

const results = await auditServer({ url: process.argv[2] });
for (const result of results.filter(({ status }) => status !== "ok")) {
  console.log(`${result.status} ${result.name}: ${result.reason}`);
}
console.log(`${results.filter(({ status }) => status === "ok").length} of ${results.length}`);
