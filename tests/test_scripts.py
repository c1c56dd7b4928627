"""What `make` runs before Django can: it must hold on a machine where nothing is installed."""

from scripts import bootstrap


def test_a_command_that_is_not_installed_is_a_failure_and_not_a_stack_trace(tmp_path):
    assert bootstrap.run(tmp_path / "uv", "--version") is False
