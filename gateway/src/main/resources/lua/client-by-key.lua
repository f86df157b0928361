-- Finds a client by its key; changes nothing.
-- KEYS[1] ids by key hash; KEYS[2] clients by id: a hash of JSON
-- ARGV[1] the key hash
-- Returns the client's JSON, or nil.
local id = redis.call('HGET', KEYS[1], ARGV[1])
return id and redis.call('HGET', KEYS[2], id)
