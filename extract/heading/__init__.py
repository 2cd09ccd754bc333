"""The head of a report: number, date, unit, year, totals."""
