"""The graph as an editor: what one sees can be changed in place, by mouse and by keys."""
