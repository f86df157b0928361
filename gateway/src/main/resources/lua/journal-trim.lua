-- Lets a link's journal begin later; what lies before counts no more and goes as its nodes empty.
-- KEYS[1] the journal, a stream: {link:<id>}:journal; KEYS[2] its start, a hash: {link:<id>}:start
-- ARGV[1] the name of the entry after which it begins; ARGV[2] how many claims came before
-- Returns 1 where it was trimmed, 0 where the start that is kept lies there or later.
local function parts(name)
  local epoch, sequence = string.match(name or '', '^(%d+)-(%d+)$')
  return tonumber(epoch or 0), tonumber(sequence or 0)
end
local kept_epoch, kept_sequence = parts(redis.call('HGET', KEYS[2], 'after') or '')
local epoch, sequence = parts(ARGV[1])
if epoch < kept_epoch or (epoch == kept_epoch and sequence <= kept_sequence) then
  return 0
end
redis.call('HSET', KEYS[2], 'after', ARGV[1], 'claims', ARGV[2])
-- LIMIT 0: else Redis lets go of 10,000 entries at a time and keeps the others of a large warning.
redis.call('XTRIM', KEYS[1], 'MINID', '~', ARGV[1], 'LIMIT', 0)
return 1
