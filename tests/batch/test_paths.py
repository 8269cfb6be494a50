from __future__ import annotations

from pathlib import Path

from selfassess.batch.paths import expand_paths


def test_folder_stands_for_every_file_in_it_by_name(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.csv", "sub/c.json", "notes.docx", ".hidden", "~$b.xlsx", "Thumbs.db", ".git/x.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert expand_paths([tmp_path]) == [tmp_path / name for name in ("a.csv", "b.yaml", "notes.docx", "sub/c.json")]


def test_output_of_an_earlier_run_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "scores.csv").touch()
    (tmp_path / "a.csv").touch()
    assert expand_paths([tmp_path], tmp_path / "." / "out") == [tmp_path / "a.csv"]


def test_folder_that_leads_back_to_itself_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert expand_paths([tmp_path]) == [tmp_path / "a.csv"]


def test_files_keep_the_order_in_which_they_are_named(tmp_path: Path) -> None:
    paths = [tmp_path / "b.csv", tmp_path / "a.csv"]
    assert expand_paths([*paths, tmp_path / "b.csv"]) == paths
