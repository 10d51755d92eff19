"""Run the queries of `rules.compiled` on complete promised tables; each engine gives the same whole numbers."""
