"""How fast it is, always beside something else on the same machine at the same time; `script/bench` runs it."""
