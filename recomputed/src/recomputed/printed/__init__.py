"""What the paper prints of its numbers by itself: the data of its cards, with where it states each."""
