"""What stands before every request: host, origin, access, size, rate, and the headers of every answer."""
