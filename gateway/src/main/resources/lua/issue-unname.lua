-- Lets go of who was addressed by a sealed issue, once. After ledger.lua.
--
-- KEYS[3]  {tocsin}:issue:<id>:sealed, a hash
-- KEYS[4]  {tocsin}:issue:<id>:plan
-- KEYS[5]  {tocsin}:archive:held, a sorted set of the issues whose persons are kept
-- ARGV[own]      the issue
-- ARGV[own + 1]  what is removed, as counts
--
-- 'OK'; 'KNOWN' where it was done before; 'OPEN' where the issue is not sealed.

redis.call('ZREM', KEYS[5], ARGV[own])
if redis.call('EXISTS', KEYS[3]) == 0 then
  return 'OPEN'
end
if redis.call('HSETNX', KEYS[3], 'removed', ARGV[own + 1]) == 0 then
  return 'KNOWN'
end
redis.call('DEL', KEYS[4])
ledger()
return 'OK'
