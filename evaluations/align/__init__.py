"""Which reports make which statement, as people marked it."""
