-- Changes warnings, all or none. After ledger.lua.
--
-- KEYS[3]  ids by identity: a hash
-- KEYS[4]  ids of the warnings that expire by themselves by when they do; then for each warning seven keys:
--   the warning; the identifier's set before and after; the root's issues before and after; the state's set before
--   and after
-- ARGV[own], …  for each warning ten arguments:
--   id, version before, version after, identity before, identity after, when it was made (milliseconds), JSON,
--   source bytes ('' leaves them as they are), when it expires by itself (milliseconds, '' where it does not), '1'
--   where it is returned now: then it is kept as such beside, to be compared with ('' elsewhere)
--
-- 'OK'; 'STALE' where one is not of the version before; 'IDENTITY' where another has the identity.

local count = (#ARGV - own + 1) / 10

for n = 0, count - 1 do
  local a = own + 10 * n
  if redis.call('HGET', KEYS[5 + 7 * n], 'v') ~= ARGV[a + 1] then
    return 'STALE'
  end
  local holder = redis.call('HGET', KEYS[3], ARGV[a + 4])
  if holder and holder ~= ARGV[a] then
    return 'IDENTITY'
  end
end

for n = 0, count - 1 do
  local a = own + 10 * n
  local k = 5 + 7 * n
  local id = ARGV[a]
  redis.call('HSET', KEYS[k], 'v', ARGV[a + 2], 'd', ARGV[a + 6])
  if ARGV[a + 7] ~= '' then
    redis.call('HSET', KEYS[k], 's', ARGV[a + 7])
  end
  if ARGV[a + 9] ~= '' then
    redis.call('HSET', KEYS[k], 'r', ARGV[a + 6])
  end
  redis.call('HDEL', KEYS[3], ARGV[a + 3])
  redis.call('HSET', KEYS[3], ARGV[a + 4], id)
  redis.call('SREM', KEYS[k + 1], id)
  redis.call('SADD', KEYS[k + 2], id)
  if KEYS[k + 3] ~= KEYS[k + 4] then
    redis.call('ZREM', KEYS[k + 3], id)
    local last = redis.call('ZREVRANGE', KEYS[k + 4], 0, 0, 'WITHSCORES')
    redis.call('ZADD', KEYS[k + 4], (tonumber(last[2]) or 0) + 1, id)
  end
  redis.call('ZREM', KEYS[k + 5], id)
  redis.call('ZADD', KEYS[k + 6], ARGV[a + 5], id)
  if ARGV[a + 8] == '' then
    redis.call('ZREM', KEYS[4], id)
  else
    redis.call('ZADD', KEYS[4], ARGV[a + 8], id)
  end
end
ledger()
return 'OK'
