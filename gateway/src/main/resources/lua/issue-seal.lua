-- Seals an issue, once. After ledger.lua.
--
-- KEYS[3]  {tocsin}:issue:<id>:sealed, a hash
-- KEYS[4]  {tocsin}:issue:<id>:notices, not needed any more
-- KEYS[5]  {tocsin}:gates, a hash from issue to gate
-- KEYS[6]  {tocsin}:archive:held, a sorted set of the issues whose persons are kept, by when they were sealed
-- ARGV[own]      the issue
-- ARGV[own + 1]  when, in milliseconds since 1970; then names and values of the hash
--
-- 'OK'; 'SEALED' where it was sealed before: then nothing but its gate is gone.

redis.call('HDEL', KEYS[5], ARGV[own])
if redis.call('EXISTS', KEYS[3]) == 1 then
  return 'SEALED'
end
for n = own + 2, #ARGV, 2 do
  redis.call('HSET', KEYS[3], ARGV[n], ARGV[n + 1])
end
redis.call('DEL', KEYS[4])
redis.call('ZADD', KEYS[6], ARGV[own + 1], ARGV[own])
ledger()
return 'OK'
