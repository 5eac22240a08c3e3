"""The formats of a paper, its parts, and what their files are called."""

PARTS = ("paper", "supplement")
FORMATS = ("html", "pdf", "docx", "jats")
FILES = {"html": "index.html", "pdf": "paper.pdf", "docx": "paper.docx", "jats": "paper.xml"}
#: What the manuscript has from a heading of class `.supplement` on, beside the paper; JATS refers to it.
SUPPLEMENT = {"html": "supplement.html", "pdf": "supplement.pdf", "docx": "supplement.docx"}
