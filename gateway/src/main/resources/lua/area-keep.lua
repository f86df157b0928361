-- Keeps a saved area, where the version before it is the one that is there. After ledger.lua.
--
-- KEYS[3]  {tocsin}:areas, a hash: <id> is the area in JSON, <id>:version its version
-- ARGV[own]      the id
-- ARGV[own + 1]  its version
-- ARGV[own + 2]  the area, JSON
-- ARGV[own + 3]  how many there may be
--
-- 'OK'; 'STALE' where another version is there; 'FULL' where it is new and there are as many already.

local there = tonumber(redis.call('HGET', KEYS[3], ARGV[own] .. ':version') or 0)
if there + 1 ~= tonumber(ARGV[own + 1]) then
  return 'STALE'
end
if there == 0 and redis.call('HLEN', KEYS[3]) / 2 >= tonumber(ARGV[own + 3]) then
  return 'FULL'
end
redis.call('HSET', KEYS[3], ARGV[own], ARGV[own + 2], ARGV[own] .. ':version', ARGV[own + 1])
ledger()
return 'OK'
