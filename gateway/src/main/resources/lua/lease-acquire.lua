-- Takes a link that is free or that this node holds, with a new epoch.
-- KEYS[1] the lease: {link:<id>}:lease; KEYS[2] the last epoch: {link:<id>}:epoch
-- ARGV[1] the node; ARGV[2] for how many milliseconds
-- Returns the epoch, or -1 where another node has the link.
local holder = redis.call('HGET', KEYS[1], 'node')
if holder and holder ~= ARGV[1] then
  return -1
end
local epoch = redis.call('INCR', KEYS[2])
redis.call('HSET', KEYS[1], 'node', ARGV[1], 'epoch', epoch)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return epoch
