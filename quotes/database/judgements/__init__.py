"""What people decided: only ever added to, and above everything that the program finds.

``judge`` records decisions and ``log`` lists them; ``review`` is what to look at next. Behind them:
``subjects`` is what a judgement speaks of, ``anchors`` and ``places`` where it holds, ``standing``
which ones count, ``people`` those about speakers, and ``derive`` the state that follows.
"""
