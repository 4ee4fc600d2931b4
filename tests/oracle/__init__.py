"""An independent reading of the graph: slow, obvious, over plain lists.

It knows the tables' declarations, because those define the graph, and the rules' exact arithmetic. It shares nothing
with the compiler or the model: every table is read whole into lists of dicts (`rows`), and graphql-core's ordinary
executor walks an operation with resolvers that filter, sort and slice those lists (`resolving`).

`comparison.Engines` asks the compiler on both engines and the oracle over each engine's rows; the answers must be equal,
order of rows and of keys included. `operations` draws random valid operations, and `python -m tests.oracle.fuzz` asks
as many of them as one has time for.
"""
