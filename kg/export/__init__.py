"""The graph for people and other programs: Turtle, tables, networks, a page."""
