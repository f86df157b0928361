-- Keeps the goal that applied to an issue, where none is kept: the first one counts.
-- KEYS[1] {tocsin}:issue:<id>:goal; ARGV[1] the goal
-- Returns the goal that is kept.
redis.call('SETNX', KEYS[1], ARGV[1])
return redis.call('GET', KEYS[1])
