-- flush: acknowledges batches that have reached Postgres, then claims the next batch of dirty counters.
--
-- A claim moves values out of their counters into the hash of a new batch, which stays until it is acknowledged: a
-- claim whose answer is lost is found by recover. The batch's id is formed here, from the caller's random id and a
-- sequence, so that no two claims share one, also when one call arrives twice.
--
-- The counters and batches themselves are not in KEYS: the set of dirty counters and the arguments name them.
--
-- KEYS[1]           set of dirty counters
-- KEYS[2]           set of batches in flight
-- KEYS[3]           sequence of batch ids
-- ARGV[1] string    the caller's random id
-- ARGV[2] integer   the most counters to claim; 0 claims nothing
-- ARGV[3] string    what comes before a batch id in the key of its hash
-- ARGV[4] string    what every counter's key begins with; a member that does not is never touched
-- ARGV[5 ..]        ids of the batches to acknowledge
--
-- Returns { batch id, values, gone }: the id is '' where nothing was claimed; values alternate counter key and value;
-- gone lists members of the set that were removed from it because there is no integer under them.

local dirty = KEYS[1]
local inflight = KEYS[2]
local sequence = KEYS[3]
local callId = ARGV[1]
local limit = tonumber(ARGV[2])
local batchPrefix = ARGV[3]
local counterPrefix = ARGV[4]
-- Lua can hand about 8,000 values to a function; Upstash's own may take fewer.
local CHUNK = 1000

local function isError(reply)
  return type(reply) == 'table' and reply.err ~= nil
end

if #ARGV > 4 then
  local hashes = {}
  for index = 5, #ARGV do
    hashes[#hashes + 1] = batchPrefix .. ARGV[index]
  end
  for from = 1, #hashes, CHUNK do
    local to = math.min(from + CHUNK - 1, #hashes)
    redis.call('DEL', unpack(hashes, from, to))
    redis.call('SREM', inflight, unpack(ARGV, from + 4, to + 4))
  end
end

if limit == 0 then
  return { '', {}, {} }
end

local members = redis.call('SPOP', dirty, limit)
if #members == 0 then
  return { '', {}, {} }
end

-- From here on a fault puts everything back.
local function putBack(fault)
  for from = 1, #members, CHUNK do
    redis.pcall('SADD', dirty, unpack(members, from, math.min(from + CHUNK - 1, #members)))
  end
  return redis.error_reply('FLUSHFAULT nothing was claimed: ' .. fault)
end

local keys = {}
local values = {}
local gone = {}
for from = 1, #members, CHUNK do
  local to = math.min(from + CHUNK - 1, #members)
  local replies = redis.pcall('MGET', unpack(members, from, to))
  if isError(replies) then
    return putBack(replies.err)
  end
  for index = from, to do
    local member = members[index]
    local value = replies[index - from + 1]
    local isCounter = string.sub(member, 1, #counterPrefix) == counterPrefix
    -- Up to 15 digits: beyond that neither Lua nor JavaScript counts exactly.
    if isCounter and value and string.match(value, '^%-?%d+$') and #value <= 15 then
      keys[#keys + 1] = member
      values[#values + 1] = member
      values[#values + 1] = value
    else
      gone[#gone + 1] = member
    end
  end
end
if #keys == 0 then
  return { '', {}, gone }
end

local number = redis.pcall('INCR', sequence)
if isError(number) then
  return putBack(number.err)
end
local batchId = callId .. '-' .. string.format('%d', number)
local hash = batchPrefix .. batchId
for from = 1, #values, 2 * CHUNK do
  local reply = redis.pcall('HSET', hash, unpack(values, from, math.min(from + 2 * CHUNK - 1, #values)))
  if isError(reply) then
    redis.pcall('DEL', hash)
    return putBack(reply.err)
  end
end
local entered = redis.pcall('SADD', inflight, batchId)
if isError(entered) then
  redis.pcall('DEL', hash)
  return putBack(entered.err)
end
for from = 1, #keys, CHUNK do
  redis.call('DEL', unpack(keys, from, math.min(from + CHUNK - 1, #keys)))
end
return { batchId, values, gone }
