from django.db import models


class Role(models.TextChoices):
    """What a member may do in an ASV."""

    COORDINATOR = "coordinator", "Coordination"
    CONTRIBUTOR = "contributor", "Contribution"
    READER = "reader", "Lecture"
    REVIEWER = "reviewer", "Instruction"


class NetworkLevel(models.TextChoices):
    DEPARTMENT = "department", "Département"
    REGION = "region", "Région"
    NATIONAL = "national", "National"
