"""From a GraphQL selection to a plan, from the plan to one SQL statement whose result is the JSON answer."""
