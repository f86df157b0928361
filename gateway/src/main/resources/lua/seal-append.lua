-- Appends a seal to its list, where nobody else has appended meanwhile. After ledger.lua.
--
-- KEYS[3]  the list
-- ARGV[own]      how many there were when it was made
-- ARGV[own + 1]  the seal
--
-- 'OK', or 'TAKEN' where there are others by now.

if redis.call('LLEN', KEYS[3]) ~= tonumber(ARGV[own]) then
  return 'TAKEN'
end
redis.call('RPUSH', KEYS[3], ARGV[own + 1])
ledger()
return 'OK'
