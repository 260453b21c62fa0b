"""The GraphQL API: types, operations and errors. A thin layer between requests and the domain."""
