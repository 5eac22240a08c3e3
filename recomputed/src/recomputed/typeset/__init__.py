"""From the executed text to HTML, PDF, DOCX and JATS."""
