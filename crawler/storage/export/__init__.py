"""Records for scholars: TEI as the ParlaMint corpora have it, a table of turns as CSV, plain text."""
