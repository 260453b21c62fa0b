"""Plans: an operation's fields, looked up once a document rather than in every execution.

A plan answers as graphql-core does: the same data, and the same errors at the same paths in the same order,
since it leaves those to graphql-core's own handlers. What it does not know it leaves to graphql-core as a
whole: directives with variables, introspection. Resolvers are synchronous here, so nothing is awaited.
"""
