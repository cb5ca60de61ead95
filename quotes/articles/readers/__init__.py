"""The readers, one module a format; ``quotes/articles/registry.py`` lists them."""
