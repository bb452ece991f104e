-- Requests on their way: how many slots of a limit each node holds, and until when. A node that dies renews nothing, and
-- its slots are free again when they expire. A node says how many it holds as an absolute number, and numbers what it
-- says: what was granted and never heard of, or not given back, is put right by the next word.
-- KEYS[1] a hash by node: "slots expiry number", the expiry in ms. ARGV what to do, the node, then
--   take  number, slots it holds, ms to hold, the limit, how many nodes, slots needed, slots wished beside them
--         -> {slots granted, free after that}
--   keep  number, slots it holds, ms to hold: those are in use, whatever the limit says
--   look  -> {slots in use}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local what, node, number = ARGV[1], ARGV[2], tonumber(ARGV[3])

local all, mine, last = 0, 0, -1
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local slots, expiry, said = string.match(fields[i + 1], '(%d+) (%d+) ?(%d*)')
  if tonumber(expiry) <= now then
    redis.call('HDEL', KEYS[1], fields[i])
  else
    all = all + tonumber(slots)
    if fields[i] == node then
      mine, last = tonumber(slots), tonumber(said) or -1
    end
  end
end
if what == 'look' then
  return { all }
end
if number <= last then
  -- it comes late, and the node has said something else since
  return { 0, 0 }
end
local held, span, granted, free = tonumber(ARGV[4]), tonumber(ARGV[5]), 0, 0
if what == 'take' then
  free = math.max(0, tonumber(ARGV[6]) - (all - mine + held))
  granted = math.min(free, tonumber(ARGV[8]))
  granted = granted + math.min(tonumber(ARGV[9]), math.floor((free - granted) / (4 * tonumber(ARGV[7]))))
end
held = held + granted
if held > 0 then
  redis.call('HSET', KEYS[1], node, string.format('%.0f %.0f %.0f', held, now + span, number))
  redis.call('PEXPIRE', KEYS[1], span)
else
  redis.call('HDEL', KEYS[1], node)
end
return { granted, free - granted }
