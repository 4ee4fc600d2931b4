// Starts the GraphiQL that came from the CDN; the built one starts itself in hub/ide/main.js.
const parameters = new URLSearchParams(location.search);
ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: location.pathname, fetch: hubFetch }),
    query: parameters.get("query") ?? undefined,
    variables: parameters.get("variables") ?? undefined,
  }),
);
