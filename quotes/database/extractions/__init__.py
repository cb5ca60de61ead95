"""What the program found in articles, stored as it was found.

``articles``, ``quotations`` and ``runs`` write the tables, ``rows`` translates the records of the
stages; ``changes`` compares a new extraction with the stored one, ``pairing`` tells which quotation
goes on with which, ``answers`` is what a judgement may stand above.
"""
