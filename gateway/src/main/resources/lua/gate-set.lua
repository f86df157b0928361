-- Opens or shuts an issue's gate; one that is shut for good stays so.
-- KEYS[1] {tocsin}:gates, a hash from issue to gate
-- ARGV[1] the issue; ARGV[2] the gate
local gate = redis.call('HGET', KEYS[1], ARGV[1])
if gate ~= 'DROPPED' and gate ~= 'EXPIRED' then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
end
return 1
