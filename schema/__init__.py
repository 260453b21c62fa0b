"""The GraphQL face: types, operations, errors. Thin: it translates between requests and the domain."""
