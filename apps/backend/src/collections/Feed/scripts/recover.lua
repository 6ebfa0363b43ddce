-- recover: the batches that were claimed and not acknowledged, with their values. Writes nothing.
--
-- The hashes themselves are not in KEYS: the set of batches in flight names them.
--
-- KEYS[1]           set of batches in flight
-- ARGV[1] integer   the most batches to return; ask again when that many came
-- ARGV[2] string    what comes before a batch id in the key of its hash
--
-- Returns a list of { batch id, values }; values alternate counter key and value, and are empty where the hash is gone.

local inflight = KEYS[1]
local limit = tonumber(ARGV[1])
local batchPrefix = ARGV[2]

local batches = {}
for index, batchId in ipairs(redis.call('SMEMBERS', inflight)) do
  if index > limit then
    break
  end
  local values = redis.pcall('HGETALL', batchPrefix .. batchId)
  -- Not a hash: nothing that a flush wrote, so there is nothing to apply.
  if values.err then
    values = {}
  end
  batches[#batches + 1] = { batchId, values }
end
return batches
