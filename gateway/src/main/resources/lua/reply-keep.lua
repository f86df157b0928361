-- Keeps a reply, and what it says about opting out, where no reply of its id is kept.
-- KEYS[1] {tocsin}:replies, KEYS[2] …:ids, KEYS[3] …:counts, KEYS[4] …:optout:<channel>
-- ARGV[1] id, ARGV[2] JSON, ARGV[3] kind, ARGV[4] out, in or empty, ARGV[5] from, ARGV[6] the most that are kept
-- Returns 1 where it was kept, 0 where it was there already.
if redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2]) == 0 then
  return 0
end
redis.call('ZADD', KEYS[2], 0, ARGV[1])
redis.call('HINCRBY', KEYS[3], ARGV[3], 1)
if ARGV[4] == 'out' then
  redis.call('SADD', KEYS[4], ARGV[5])
elseif ARGV[4] == 'in' then
  redis.call('SREM', KEYS[4], ARGV[5])
end
local over = redis.call('ZCARD', KEYS[2]) - tonumber(ARGV[6])
if over > 0 then
  for _, id in ipairs(redis.call('ZRANGE', KEYS[2], 0, over - 1)) do
    local gone = redis.call('HGET', KEYS[1], id)
    if gone then
      redis.call('HINCRBY', KEYS[3], cjson.decode(gone).kind, -1)
      redis.call('HDEL', KEYS[1], id)
    end
    redis.call('ZREM', KEYS[2], id)
  end
end
return 1
