"""What things are: plain records, no files read and nothing counted."""
