-- Keeps a draft of a form, where the one before it is the one that is there.
--
-- KEYS[1]  {tocsin}:drafts:<owner>, a hash: <id> is the draft in JSON, <id>:revision its revision
-- ARGV[1]  the id
-- ARGV[2]  its revision
-- ARGV[3]  the draft, JSON
-- ARGV[4]  how many an owner may have
--
-- 'KEPT'; 'STALE' where another revision is there; 'FULL' where it is new and there are as many already.

local there = tonumber(redis.call('HGET', KEYS[1], ARGV[1] .. ':revision') or 0)
if there + 1 ~= tonumber(ARGV[2]) then
  return 'STALE'
end
if there == 0 and redis.call('HLEN', KEYS[1]) / 2 >= tonumber(ARGV[4]) then
  return 'FULL'
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3], ARGV[1] .. ':revision', ARGV[2])
return 'KEPT'
