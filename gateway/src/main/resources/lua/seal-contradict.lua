-- Keeps a seal that contradicts those that are kept, once. After ledger.lua.
--
-- KEYS[3]  {tocsin}:witness:<signer>:contradictions, a hash of seals by their own hashes
-- ARGV[own]      the seal's hash
-- ARGV[own + 1]  the seal
-- ARGV[own + 2]  the most that are kept
--
-- 'OK'; 'KNOWN' where it is kept already; 'FULL' where there are enough.

if redis.call('HEXISTS', KEYS[3], ARGV[own]) == 1 then
  return 'KNOWN'
end
if redis.call('HLEN', KEYS[3]) >= tonumber(ARGV[own + 2]) then
  return 'FULL'
end
redis.call('HSET', KEYS[3], ARGV[own], ARGV[own + 1])
ledger()
return 'OK'
