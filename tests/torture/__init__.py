"""The torture rack: what no single test shows. `make torture` runs it, `rack` says how."""
