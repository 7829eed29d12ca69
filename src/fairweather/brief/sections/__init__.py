"""The sections of a report, one module each: evidence in, a Section out."""
