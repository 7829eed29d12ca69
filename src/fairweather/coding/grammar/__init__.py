"""A document read: parsed, its actors named, its dates found, its clauses judged."""
