-- Keeps that a witness has confirmed a seal, once. After ledger.lua.
--
-- KEYS[3]  {tocsin}:ledger:witness:<name>, a list of receipts in the order of the seals
-- ARGV[own]      the seal's place
-- ARGV[own + 1]  the receipt
--
-- 'OK', or 'KNOWN' where it was confirmed before.

if redis.call('LLEN', KEYS[3]) ~= tonumber(ARGV[own]) then
  return 'KNOWN'
end
redis.call('RPUSH', KEYS[3], ARGV[own + 1])
ledger()
return 'OK'
