-- Keeps a version of a county's text. After ledger.lua.
--
-- KEYS[3]  {tocsin}:text:<hazard>/<level>/<language>, a list of versions as JSON, the first one first
-- ARGV[own]      the version's number, from 1
-- ARGV[own + 1]  the version
--
-- 'OK'; 'OTHER' where the version before it is not the last one.

if redis.call('LLEN', KEYS[3]) + 1 ~= tonumber(ARGV[own]) then
  return 'OTHER'
end
redis.call('RPUSH', KEYS[3], ARGV[own + 1])
ledger()
return 'OK'
