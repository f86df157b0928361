-- Keeps the sample plan of a survey. After ledger.lua.
--
-- KEYS[3]  {tocsin}:survey:<issue>, a hash of attempt and plan
-- KEYS[4]  {tocsin}:survey:<issue>:answers, a hash from sample number to answer
-- ARGV[own]      the plan's attempt, from 1
-- ARGV[own + 1]  the plan, JSON
--
-- 'OK'; 'OTHER' where the attempt before is not the one that is there; 'ANSWERED' where it has answers.

local attempt = tonumber(redis.call('HGET', KEYS[3], 'attempt') or 0)
if attempt + 1 ~= tonumber(ARGV[own]) then
  return 'OTHER'
end
if redis.call('EXISTS', KEYS[4]) == 1 then
  return 'ANSWERED'
end
redis.call('HSET', KEYS[3], 'attempt', ARGV[own], 'plan', ARGV[own + 1])
ledger()
return 'OK'
