"""Tests of collections in Milvus, over `milvus-lite`; they are left out where that is not installed."""
