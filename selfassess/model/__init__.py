"""The data: standards, sources, answers. No files, no arithmetic, no words for the screen."""
