"""What knows English: each fact stands here once, as data in ``seeds/english`` where it is a list."""
