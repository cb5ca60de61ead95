"""What Python programs call; ``import quotes`` has it all, and loads each part when it is used.

``extraction`` needs no database, ``database`` no language analysis, ``judging`` writes corrections.
"""
