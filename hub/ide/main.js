// The IDE: GraphiQL 5 on this page's own endpoint, its editor's workers from this origin.
import "graphiql/setup-workers/vite";
import "graphiql/style.css";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const parameters = new URLSearchParams(location.search);

createRoot(document.getElementById("graphiql")).render(
  createElement(GraphiQL, {
    fetcher: createGraphiQLFetcher({ url: location.pathname, fetch: window.hubFetch }),
    initialQuery: parameters.get("query") ?? undefined,
    initialVariables: parameters.get("variables") ?? undefined,
  }),
);
