-- Head of every script that changes state together with the ledger; a script's own text follows it.
--
-- KEYS[1]  the ledger's head: '<sequence> <hash>', absent while it is empty
-- KEYS[2]  the ledger: a stream, one entry each, with the id <sequence>-0
-- ARGV[1]  the head that the new entries were chained to; '' for an empty ledger
-- ARGV[2]  the head after them
-- ARGV[3]  how many entries there are, then for each
--   ARGV[2 * n + 2]  its sequence
--   ARGV[2 * n + 3]  its JSON
--
-- The script's own arguments follow from ARGV[own] on, its own keys from KEYS[3] on.
-- It calls ledger() once, where nothing but success can follow, and returns 'OK';
-- any other answer means that nothing was changed.
-- 'HEAD <head>' says that the chain went on meanwhile: chain anew to that head and call again.
-- 'BEYOND <id>' says that the stream has had an entry behind its head, which no gateway wrote.

local head = redis.call('GET', KEYS[1]) or ''
if head ~= ARGV[1] then
  return 'HEAD ' .. head
end

local entries = tonumber(ARGV[3])
local own = 4 + 2 * entries

-- An entry that somebody put behind the head would make an append fail when the rest is already changed.
local last = redis.pcall('XINFO', 'STREAM', KEYS[2])
if not last.err then
  for n = 1, #last, 2 do
    if last[n] == 'last-generated-id' and tonumber(string.match(last[n + 1], '^%d+')) >= tonumber(ARGV[4]) then
      return 'BEYOND ' .. last[n + 1]
    end
  end
end

local function ledger()
  for n = 1, entries do
    redis.call('XADD', KEYS[2], ARGV[2 * n + 2] .. '-0', 'entry', ARGV[2 * n + 3])
  end
  redis.call('SET', KEYS[1], ARGV[2])
end
