-- Keeps a new warning. After ledger.lua.
--
-- KEYS[3]  the warning: a hash of v (version), d (JSON), s (source bytes)
-- KEYS[4]  ids by identity: a hash
-- KEYS[5]  ids of the warnings with its identifier: a set
-- KEYS[6]  ids by short code: a hash
-- KEYS[7]  ids of the issues of its root in their order: a sorted set
-- KEYS[8]  ids of all warnings by time
-- KEYS[9]  ids of the warnings in its state by time
-- KEYS[10] ids of the warnings that expire by themselves by when they do
-- ARGV[own]      id
-- ARGV[own + 1]  identity
-- ARGV[own + 2]  short code
-- ARGV[own + 3]  when it was made, in milliseconds
-- ARGV[own + 4]  JSON
-- ARGV[own + 5]  source bytes
-- ARGV[own + 6]  when it expires by itself, in milliseconds; '' where it does not
--
-- 'OK'; 'IDENTITY' where another has the identity; 'NAME' where another has the id or the short code.

local id = ARGV[own]
if redis.call('HEXISTS', KEYS[4], ARGV[own + 1]) == 1 then
  return 'IDENTITY'
end
if redis.call('EXISTS', KEYS[3]) == 1 or redis.call('HEXISTS', KEYS[6], ARGV[own + 2]) == 1 then
  return 'NAME'
end
redis.call('HSET', KEYS[3], 'v', 1, 'd', ARGV[own + 4], 's', ARGV[own + 5])
redis.call('HSET', KEYS[4], ARGV[own + 1], id)
redis.call('SADD', KEYS[5], id)
redis.call('HSET', KEYS[6], ARGV[own + 2], id)
local last = redis.call('ZREVRANGE', KEYS[7], 0, 0, 'WITHSCORES')
redis.call('ZADD', KEYS[7], (tonumber(last[2]) or 0) + 1, id)
redis.call('ZADD', KEYS[8], ARGV[own + 3], id)
redis.call('ZADD', KEYS[9], ARGV[own + 3], id)
if ARGV[own + 6] ~= '' then
  redis.call('ZADD', KEYS[10], ARGV[own + 6], id)
end
ledger()
return 'OK'
