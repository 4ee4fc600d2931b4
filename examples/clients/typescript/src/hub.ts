import type { TypedDocumentString } from "./gql/graphql.js";

/** The hub refused, or could not answer; `code` says how, as in docs/integrating.md. */
export class HubError extends Error {
  readonly code: string;

  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Ask the hub at `url` as whoever `token` stands for; the variables and the result are of the operation's own types. */
export async function ask<Result, Variables>(
  url: string,
  token: string,
  operation: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
    },
    body: JSON.stringify({ query: operation.toString(), variables }),
  });
  const answer = (await response.json()) as Answer<Result>;
  const error = answer.errors?.[0];
  if (error || !answer.data) {
    throw new HubError(error?.message ?? `HTTP ${response.status}`, error?.extensions?.code ?? "INTERNAL");
  }
  return answer.data;
}
