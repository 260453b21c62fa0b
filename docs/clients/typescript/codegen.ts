import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../../schema/schema.graphql",
  documents: "src/operations.ts",
  generates: {
    "src/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: "string", // no GraphQL library in the bundle
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true, // a new scalar must be named here
        scalars: { DateTime: "string", PhoneNumber: "string" },
      },
    },
  },
};

export default config;
