import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "../../../schema.graphql",
  documents: ["src/**/*.ts", "!src/gql/**"],
  generates: {
    "src/gql/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      // Types of what the operations use, not of the whole schema.
      config: { onlyOperationTypes: true, enumsAsTypes: true, useTypeImports: true, documentMode: "string", importExtension: ".js" },
    },
  },
};

export default config;
