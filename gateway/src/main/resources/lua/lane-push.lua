-- Appends batches to a lane, once: where the mark is there already, nothing is appended.
-- KEYS[1] the lane, a stream: {link:<id>}:lane:<1-4>
-- KEYS[2] the marks, a set: {link:<id>}:marks
-- ARGV[1] the mark; ARGV[2..] the batches
-- Returns 1 where they were appended, 0 where they had been.
if redis.call('SADD', KEYS[2], ARGV[1]) == 0 then
  return 0
end
for i = 2, #ARGV do
  redis.call('XADD', KEYS[1], '*', 'b', ARGV[i])
end
return 1
