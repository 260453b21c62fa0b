"""Database access beyond Django's ORM: connections and compiled statements."""
