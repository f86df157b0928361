-- Forgets a saved area. After ledger.lua.
--
-- KEYS[3]  {tocsin}:areas, a hash: <id> is the area in JSON, <id>:version its version
-- ARGV[own]      the id
-- ARGV[own + 1]  the version that is to be forgotten
--
-- 'OK'; 'STALE' where it is gone or has another version.

if redis.call('HGET', KEYS[3], ARGV[own] .. ':version') ~= ARGV[own + 1] then
  return 'STALE'
end
redis.call('HDEL', KEYS[3], ARGV[own], ARGV[own] .. ':version')
ledger()
return 'OK'
