-- Keeps an issue's summary, unless a settled one is kept: the first of these stays.
-- KEYS[1] {tocsin}:issue:<id>:summary, a hash; KEYS[2] {tocsin}:summaries, issues by the time of their sign-off
-- ARGV[1] the issue; ARGV[2] its sign-off in milliseconds; ARGV[3] 1 when settled, else 0; ARGV[4] the summary without
-- villages; ARGV[5] its villages
-- Returns 1 when it is kept, else 0.
if redis.call('HGET', KEYS[1], 'settled') == '1' then
  return 0
end
redis.call('HSET', KEYS[1], 'settled', ARGV[3], 'head', ARGV[4], 'villages', ARGV[5])
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
return 1
