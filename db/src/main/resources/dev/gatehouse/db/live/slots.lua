-- Requests on their way: how many slots of a limit each node holds, and until when. A node that dies renews nothing, and
-- its slots are free again when they expire.
-- KEYS[1] a hash by node: "slots expiry in ms". ARGV what to do, the node, then
--   take  the limit, how many nodes, slots wished beside the one that is needed, ms to hold -> {slots granted, free after that}
--   keep  slots that it gives back, slots that it still holds, ms to hold: those are in use, whatever the limit says
--   look  -> {slots in use}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local what, node = ARGV[1], ARGV[2]

local function hold(slots, span)
  if slots > 0 then
    redis.call('HSET', KEYS[1], node, string.format('%.0f %.0f', slots, now + span))
    redis.call('PEXPIRE', KEYS[1], span)
  else
    redis.call('HDEL', KEYS[1], node)
  end
end

local all, mine = 0, 0
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local slots, expiry = string.match(fields[i + 1], '(%d+) (%d+)')
  if tonumber(expiry) <= now then
    redis.call('HDEL', KEYS[1], fields[i])
  else
    all = all + tonumber(slots)
    if fields[i] == node then
      mine = tonumber(slots)
    end
  end
end
if what == 'keep' then
  -- relative, for slots may have been taken meanwhile; and never fewer than are in use, should they have been lost
  hold(math.max(mine - tonumber(ARGV[3]), tonumber(ARGV[4])), tonumber(ARGV[5]))
  return { 1 }
end
if what == 'look' then
  return { all }
end
local free = tonumber(ARGV[3]) - all
if free < 1 then
  return { 0, 0 }
end
local granted = 1 + math.min(tonumber(ARGV[5]), math.floor((free - 1) / (4 * tonumber(ARGV[4]))))
hold(mine + granted, tonumber(ARGV[6]))
return { granted, free - granted }
