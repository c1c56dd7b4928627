"""What `make` runs before Django can: it must hold on a machine where nothing is installed."""

from scripts import bootstrap


def test_a_command_that_is_not_installed_is_a_failure_and_not_a_stack_trace(tmp_path):
    assert bootstrap.run(tmp_path / "uv", "--version") is False


def test_uv_is_given_up_when_neither_the_system_nor_pip_has_it(monkeypatch, tmp_path):
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "PYTHON", tmp_path / "bin" / "python")
    monkeypatch.setenv("PATH", "/nowhere")

    assert bootstrap._find_uv() is None
