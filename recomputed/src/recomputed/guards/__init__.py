"""What must hold of the executed text before it is typeset, and of each format after."""
