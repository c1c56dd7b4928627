"""The frame of the member pages: stages of the thread, navigation, who is there."""

from asv_platform.console.frame import build_frame


def asv_frame(request):
    """``frame`` on the pages of an ASV for its members; None elsewhere."""
    asv = getattr(request, "asv", None)
    if asv is None or not request.user.is_authenticated or asv.pk not in request.user.roles:
        return {"frame": None}
    return {"frame": build_frame(request, asv)}
