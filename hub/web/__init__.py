"""What the service answers over HTTP: the graph, the pages, health and metrics, and what wraps every request."""
