-- Keeps the very first clients. After ledger.lua.
--
-- KEYS[3]  clients by id: a hash of JSON
-- KEYS[4]  ids by key hash
-- ARGV[own], …  id, key hash and JSON of each client
--
-- 'OK', or 'TAKEN' where there is a client.

if redis.call('HLEN', KEYS[3]) > 0 then
  return 'TAKEN'
end
for n = own, #ARGV, 3 do
  redis.call('HSET', KEYS[3], ARGV[n], ARGV[n + 2])
  redis.call('HSET', KEYS[4], ARGV[n + 1], ARGV[n])
end
ledger()
return 'OK'
