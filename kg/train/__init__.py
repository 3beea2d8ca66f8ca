"""How the shipped pipelines and tables are made."""
