"""Archived pages through today's parser: each WARC file to a shard by itself, all shards in one order to records."""
