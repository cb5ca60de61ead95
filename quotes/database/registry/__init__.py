"""Who speaks and who publishes, across articles.

``speakers`` hands the known speakers to the stages and stores those that articles introduce,
``outlets`` tells who published an article, ``store`` writes seed files and ``imports`` the files
of others; ``rows`` is what they share.
"""
