-- record: writes the events of several requests at once, each request once, whatever is sent again.
--
-- A view counts when its dedupe key was not there; a bump always. Increments of one counter are summed first. A
-- counter that this call makes gets its time to live and is entered in the set of dirty counters, so that a counter
-- that exists is always in that set. The verdicts of a request are kept under its id; for an id that is there already
-- they are returned and nothing is counted.
--
-- A counter that can't be incremented gives its events the verdict F, and their dedupe keys are removed again. A
-- fault of anything else undoes the whole call and is returned as an error that begins with RECORDFAULT.
--
-- KEYS[1]                  set of dirty counters
-- KEYS[2 .. 1+R]           where each of the R requests keeps its verdicts
-- KEYS[2+R .. 1+R+C]       the C counters, each once
-- KEYS[2+R+C ..]           the dedupe keys, each once
-- ARGV[1] integer          R, the number of requests
-- ARGV[2] integer          C, the number of counters
-- ARGV[3] seconds          time to live of a counter
-- ARGV[4] seconds          time to live of a request's verdicts
-- ARGV[5 ..] integers      for each request its number of events, then for each event three:
--                          which counter (1 .. C); which dedupe key (1 .. , or 0 for a bump);
--                          the dedupe key's seconds to live for a view, the amount for a bump
--
-- Returns for each request a string with one letter an event: C counted, D duplicate, F failed.

local dirty = KEYS[1]
local requestCount = tonumber(ARGV[1])
local counterCount = tonumber(ARGV[2])
local counterTtl = tonumber(ARGV[3])
local verdictsTtl = tonumber(ARGV[4])
local firstCounter = 1 + requestCount
local firstDedupe = firstCounter + counterCount
-- Lua can hand about 8,000 values to a function; Upstash's own may take fewer.
local CHUNK = 1000

local function isError(reply)
  return type(reply) == 'table' and reply.err ~= nil
end

-- One call tells which requests, counters and dedupe keys exist. What has a wrong type reads as absent.
local present = {}
for from = 2, #KEYS, CHUNK do
  local to = math.min(from + CHUNK - 1, #KEYS)
  local values = redis.call('MGET', unpack(KEYS, from, to))
  for index = 1, to - from + 1 do
    present[from + index - 1] = values[index]
  end
end

local verdicts = {} -- by request: a list of letters, or the string that was kept
local sums = {} -- by counter
local counting = {} -- by counter: which events (request, event, dedupe key or false) it counts
local knownDedupe = {} -- by dedupe key: set by this call
local undo = {} -- commands that take back what this call has written
local firstWithKey = {} -- by a request's key: its first index in this call

local function undoAll()
  for index = #undo, 1, -1 do
    redis.pcall(unpack(undo[index]))
  end
end

local fault = nil
local cursor = 5
for request = 1, requestCount do
  local eventCount = tonumber(ARGV[cursor])
  cursor = cursor + 1
  local key = KEYS[1 + request]
  if present[1 + request] then
    verdicts[request] = present[1 + request]
    cursor = cursor + 3 * eventCount
  elseif firstWithKey[key] then
    verdicts[request] = verdicts[firstWithKey[key]]
    cursor = cursor + 3 * eventCount
  else
    firstWithKey[key] = request
    local letters = {}
    verdicts[request] = letters
    for event = 1, eventCount do
      local counter = tonumber(ARGV[cursor])
      local dedupe = tonumber(ARGV[cursor + 1])
      local amount = tonumber(ARGV[cursor + 2])
      cursor = cursor + 3
      letters[event] = 'D'
      local counts = true
      local dedupeKey = false
      if dedupe > 0 then
        dedupeKey = KEYS[firstDedupe + dedupe]
        if present[firstDedupe + dedupe] then
          counts = false
        elseif knownDedupe[dedupe] then
          counts = false
          -- A duplicate of an event that then fails has failed as well.
          if counting[counter] then
            table.insert(counting[counter], { request, event, false })
          end
        else
          local reply = redis.pcall('SET', dedupeKey, '1', 'EX', amount, 'NX')
          if isError(reply) then
            fault = fault or reply.err
          end
          counts = reply and not isError(reply)
          knownDedupe[dedupe] = true
          amount = 1
          if counts then
            undo[#undo + 1] = { 'DEL', dedupeKey }
          end
        end
      end
      if counts then
        letters[event] = 'C'
        sums[counter] = (sums[counter] or 0) + amount
        counting[counter] = counting[counter] or {}
        table.insert(counting[counter], { request, event, dedupeKey })
      end
    end
  end
end

local made = {}
local unset = {}
for counter = 1, counterCount do
  local sum = sums[counter]
  if sum and not fault then
    local key = KEYS[firstCounter + counter]
    local failed
    if present[firstCounter + counter] then
      failed = isError(redis.pcall('INCRBY', key, sum))
      if not failed then
        undo[#undo + 1] = { 'DECRBY', key, sum }
      end
    else
      -- With NX, so that a key of another type, which read as absent, is not overwritten.
      local reply = redis.pcall('SET', key, sum, 'EX', counterTtl, 'NX')
      if isError(reply) then
        fault = reply.err
      end
      failed = not reply or isError(reply)
      if not failed then
        made[#made + 1] = key
        undo[#undo + 1] = { 'DEL', key }
      end
    end
    if failed then
      for _, event in ipairs(counting[counter]) do
        verdicts[event[1]][event[2]] = 'F'
        if event[3] then
          unset[#unset + 1] = event[3]
        end
      end
    end
  end
end

for from = 1, #unset, CHUNK do
  redis.pcall('DEL', unpack(unset, from, math.min(from + CHUNK - 1, #unset)))
end

for from = 1, #made, CHUNK do
  if not fault then
    local reply = redis.pcall('SADD', dirty, unpack(made, from, math.min(from + CHUNK - 1, #made)))
    if isError(reply) then
      fault = reply.err
    else
      undo[#undo + 1] = { 'SREM', dirty, unpack(made, from, math.min(from + CHUNK - 1, #made)) }
    end
  end
end

local answer = {}
for request = 1, requestCount do
  local letters = verdicts[request]
  if type(letters) == 'table' then
    letters = table.concat(letters)
    -- Its own string is kept once, also for later requests of this call with the same id.
    if firstWithKey[KEYS[1 + request]] == request and not fault then
      local reply = redis.pcall('SET', KEYS[1 + request], letters, 'EX', verdictsTtl)
      if isError(reply) then
        fault = reply.err
      else
        undo[#undo + 1] = { 'DEL', KEYS[1 + request] }
      end
    end
  end
  answer[request] = letters
end

if fault then
  undoAll()
  return redis.error_reply('RECORDFAULT nothing was counted: ' .. fault)
end
return answer
