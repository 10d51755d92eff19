"""Ground floor: errors, dated values, months. Knows no domain and no framework."""
