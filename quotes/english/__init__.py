"""What knows English, once: words, segmentation, names, the parser."""
