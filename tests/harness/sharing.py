"""How the tests are shared between the processes of a run."""

from xdist.scheduler import LoadScopeScheduling

# What starts dearly (the whole of France, a server as in production) is started by one process, not by each.
IN_ONE_PROCESS = {"tests/territories/test_reference_data.py", "tests/journeys/test_first_page.py"}


class Sharing(LoadScopeScheduling):
    """One test at a time to whoever is free, and these modules whole.

    pytest-xdist 3.8 has marks for this; it writes them where pytest 9.2 no longer reads.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module in IN_ONE_PROCESS else nodeid
