"""A migrated database that the processes of the tests copy: the migrations, half a minute of work, run once.

``python -m scripts.template_database`` makes it beside the database of DATABASE_URL; ``template_name()`` is what
TEST_TEMPLATE then tells to asv_platform.settings.test.
"""

from urllib.parse import urlsplit

import django
from django.db import connection


def template_name(database_url: str) -> str:
    """The database to copy, for tests that run beside the one of this address."""
    return f"template_{urlsplit(database_url).path.strip('/')}"


def make() -> None:
    """Create the database anew, with everything that the migrations write."""
    django.setup()
    settings = connection.settings_dict
    settings["TEST"] |= {"NAME": template_name(f"/{settings['NAME']}"), "TEMPLATE": None}
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    # Nobody may be connected to a database that is being copied.
    connection.close()


if __name__ == "__main__":
    make()
