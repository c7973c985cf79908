"""Reports and figures as PDF, set by Typst: their parts, the letters of each script, and the setting itself."""
