"""Letters and progress reports: sections, sentences, deductions, agencies."""
