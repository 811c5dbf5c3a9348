"""Reference centres: folders of data, loaded by the same acts that people use."""
