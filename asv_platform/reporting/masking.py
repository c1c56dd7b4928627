"""The rule of small numbers, where documents look for it."""

from asv_platform.common.masking import HIDDEN, SMALL, THRESHOLD, is_small, masks, total_hides

__all__ = ["HIDDEN", "SMALL", "THRESHOLD", "is_small", "masks", "total_hides"]
