"""Password hashing at its least cost: tests create many users and log them in."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class FastArgon2(Argon2PasswordHasher):
    """Argon2 as in production, with the smallest parameters it accepts."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
