"""What a person should look at: queues of doubtful answers, most doubtful first.

``queues`` has one entry a queue; an item of any of them is shown and answered in the same way.
"""
