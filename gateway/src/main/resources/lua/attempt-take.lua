-- Takes an attempt to sign in, unless the ones before ask to wait.
-- KEYS[1] a hash: n attempts, until when the next must wait
-- ARGV[1] now in ms; ARGV[2] how many are free; ARGV[3] the first wait in ms, doubled by each further attempt;
-- ARGV[4] the longest wait in ms; ARGV[5] for how many ms it is remembered
-- Returns how many ms to wait; 0 where the attempt was taken.
local now = tonumber(ARGV[1])
local left = tonumber(redis.call('HGET', KEYS[1], 'until') or '0') - now
if left > 0 then
  return math.min(left, tonumber(ARGV[4]))
end
local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
local over = n - tonumber(ARGV[2])
if over >= 0 then
  local wait = math.min(tonumber(ARGV[4]), tonumber(ARGV[3]) * 2 ^ math.min(over, 30))
  redis.call('HSET', KEYS[1], 'until', string.format('%.0f', now + wait))
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 0
