"""What is said of each number: where the paper states it, the article, the code, and the data of its card."""
