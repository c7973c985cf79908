"""One renderer for each output format; all of them say what stands in one report structure."""
