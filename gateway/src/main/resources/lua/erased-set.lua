-- Puts somebody on the list of the erased, or takes them off. After ledger.lua.
--
-- KEYS[3]  {tocsin}:registry:erased, a set of keyed hashes
-- ARGV[own]      'SADD' or 'SREM'
-- ARGV[own + 1]  the keyed hash
--
-- 'OK'; 'UNKNOWN' where somebody is taken off who is not on it.

if redis.call(ARGV[own], KEYS[3], ARGV[own + 1]) == 0 and ARGV[own] == 'SREM' then
  return 'UNKNOWN'
end
ledger()
return 'OK'
