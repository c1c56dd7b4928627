from django.db import models


class Role(models.TextChoices):
    """What a member may do in an ASV."""

    COORDINATOR = "coordinator", "Coordination"
    CONTRIBUTOR = "contributor", "Contribution"
    READER = "reader", "Lecture"
    REVIEWER = "reviewer", "Instruction"

    @classmethod
    def offered(cls, current: str = "") -> list[tuple[str, str]]:
        """The choices of a list: a reviewer has no page yet, the role is shown to whom has it already."""
        return [(value, label) for value, label in cls.choices if value != cls.REVIEWER or value == current]


class NetworkLevel(models.TextChoices):
    DEPARTMENT = "department", "Département"
    REGION = "region", "Région"
    NATIONAL = "national", "National"
