-- Holds on to a link, or gives it back.
-- KEYS[1] the lease: {link:<id>}:lease
-- ARGV[1] the node; ARGV[2] the epoch; ARGV[3] for how many milliseconds, 0 to give it back
-- Returns 1 where this node and epoch had it, else 0.
local held = redis.call('HMGET', KEYS[1], 'node', 'epoch')
if held[1] ~= ARGV[1] or held[2] ~= ARGV[2] then
  return 0
end
if ARGV[3] == '0' then
  redis.call('DEL', KEYS[1])
else
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
end
return 1
