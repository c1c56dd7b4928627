"""The parts of a snapshot, by subject; their door is ``asv_platform.reporting.snapshot``."""
