"""Writing rows in bulk, all or nothing: one module an engine, the same steps in each.

In one transaction: drop the triggers and secondary indexes, empty the tables if asked to, insert, make the indexes
again as they were, fill the derived tables, put the triggers back. So an interrupted run leaves nothing behind.
"""
