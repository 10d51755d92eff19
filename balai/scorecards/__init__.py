"""Pages of the measures: the eight programmes of a village, kabupaten side by side, one indicator, the book of all."""
