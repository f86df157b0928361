-- Forgets a reply; who has opted out stays so.
-- KEYS[1] {tocsin}:replies, KEYS[2] …:ids, KEYS[3] …:counts; ARGV[1] id, ARGV[2] kind
-- Returns 1 where it was there.
redis.call('ZREM', KEYS[2], ARGV[1])
if redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then
  return 0
end
redis.call('HINCRBY', KEYS[3], ARGV[2], -1)
return 1
