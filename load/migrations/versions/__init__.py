"""One file a step; `revision` and `down_revision` chain them. A step that was published is never edited."""
