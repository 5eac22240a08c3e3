"""What the engine's tests are made of. Everything here is synthetic: nothing was observed."""
