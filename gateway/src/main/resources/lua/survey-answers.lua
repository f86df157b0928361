-- Keeps answers to a survey, all of them. After ledger.lua.
--
-- KEYS[3]  {tocsin}:survey:<issue>, a hash of attempt and plan
-- KEYS[4]  {tocsin}:survey:<issue>:answers, a hash from sample number to answer
-- ARGV[own]  the attempt of the plan that they answer, then sample numbers, each with its answer in JSON
--
-- 'OK'; 'OTHER' where there is another plan by now.

if redis.call('HGET', KEYS[3], 'attempt') ~= ARGV[own] then
  return 'OTHER'
end
for n = own + 1, #ARGV, 2 do
  redis.call('HSET', KEYS[4], ARGV[n], ARGV[n + 1])
end
ledger()
return 'OK'
