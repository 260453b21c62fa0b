"""Access to the database that Django's ORM alone does not give: connections and compiled statements."""
