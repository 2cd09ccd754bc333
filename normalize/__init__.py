"""Text to values: decimals, codes, dates, agencies, units, typos, encodings."""
