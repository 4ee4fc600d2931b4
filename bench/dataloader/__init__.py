"""A peer: the same graph as a good Strawberry service is written by hand: DataLoaders over SQLAlchemy."""
