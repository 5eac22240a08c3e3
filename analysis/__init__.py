"""The paper's analysis: `study` computes, `checks` holds it true, `press` makes the documents."""
