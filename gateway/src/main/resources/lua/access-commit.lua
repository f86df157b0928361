-- Changes accounts, clients, proposals and the matrix together, or nothing. After ledger.lua.
--
-- KEYS[3]  accounts by name: a hash of JSON, as all but KEYS[5] are
-- KEYS[4]  clients by id
-- KEYS[5]  clients' ids by key hash
-- KEYS[6]  proposals by id
-- KEYS[7]  what there is once
-- ARGV[own], …  four for each change: which of KEYS, the field, what must be there
--   ('absent' for nothing, 'any', or the version of the JSON), and the new value;
--   an empty value removes the field, or leaves it where it must be absent
--
-- 'OK', or 'CHANGED' where something is not as it must be.

for n = own, #ARGV, 4 do
  local there = redis.call('HGET', KEYS[tonumber(ARGV[n])], ARGV[n + 1])
  local must = ARGV[n + 2]
  if must == 'absent' then
    if there then
      return 'CHANGED'
    end
  elseif must ~= 'any' then
    if not there or string.format('%.0f', cjson.decode(there).version or 0) ~= must then
      return 'CHANGED'
    end
  end
end
for n = own, #ARGV, 4 do
  local key = KEYS[tonumber(ARGV[n])]
  if ARGV[n + 3] ~= '' then
    redis.call('HSET', key, ARGV[n + 1], ARGV[n + 3])
  elseif ARGV[n + 2] ~= 'absent' then
    redis.call('HDEL', key, ARGV[n + 1])
  end
end
ledger()
return 'OK'
