"""Papers that recompute themselves: the engine. It knows no paper."""
