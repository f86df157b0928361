-- Keeps blocks of the registry and its new head, all or none.
-- KEYS[1]  the head: a hash with the fields version (a decimal number) and bytes
-- KEYS[2…] the blocks' keys
-- ARGV[1]  the version that the commit was made from ("0" for an empty store)
-- ARGV[2]  the new head's bytes
-- ARGV[3]  after how many seconds blocks of the kind undo are forgotten
-- ARGV[4…] the blocks' bytes, in the order of KEYS[2…]; none at all removes the block
-- returns 1 when all is kept, also where this very commit was kept before by one who was not told so;
-- 0 when the store has another version and nothing was changed
local version = redis.call('HGET', KEYS[1], 'version') or '0'
local following = string.format('%d', tonumber(ARGV[1]) + 1)
if version == following and redis.call('HGET', KEYS[1], 'bytes') == ARGV[2] then
  for place = 2, #KEYS do
    if (redis.call('GET', KEYS[place]) or '') ~= ARGV[place + 2] then
      return 0
    end
  end
  return 1
end
if version ~= ARGV[1] then
  return 0
end
for place = 2, #KEYS do
  if ARGV[place + 2] == '' then
    redis.call('DEL', KEYS[place])
  elseif string.find(KEYS[place], ':undo:', 1, true) then
    redis.call('SET', KEYS[place], ARGV[place + 2], 'EX', ARGV[3])
  else
    redis.call('SET', KEYS[place], ARGV[place + 2])
  end
end
redis.call('HSET', KEYS[1], 'version', following, 'bytes', ARGV[2])
return 1
