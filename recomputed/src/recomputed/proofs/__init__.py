"""Publishers' proofs: what one has, held to the paper, number by number and word by word."""
