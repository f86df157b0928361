-- Keeps an issue's plan and notices, where none are there: the first ones count.
-- KEYS[1] {tocsin}:issue:<id>:plan; KEYS[2] {tocsin}:issue:<id>:notices
-- ARGV[1] the plan; ARGV[2] the notices
-- Returns the plan that is kept.
if redis.call('SETNX', KEYS[1], ARGV[1]) == 1 then
  redis.call('SET', KEYS[2], ARGV[2])
  return ARGV[1]
end
return redis.call('GET', KEYS[1])
