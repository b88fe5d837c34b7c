"""What checks a report without Medinjob: one file of standard Python, which goes with every proof."""
