"""Collections beyond one machine: a generation in Milvus, asked as one in files is."""
