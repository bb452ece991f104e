-- Every count of every limit, on Redis' own clock. A counter is a hash:
--   <ms>   of a window: how many were counted in the small bucket (1/60 of the span) that ends then. A count leaves when
--          even its latest moment is a span ago: the sum is never too small, a permit comes back a sixtieth late at most.
--   b      of a bucket: "moment level requests span", how full it was then (GCRA, in 1/1024 us of the time it drains).
--   0      which data they are of (see rollcall.lua): those of another are none, nodes tell them anew.
--   h<ms>  of a bucket: permits that nodes hold ahead until then. So long it does not drain below them: what is held and
--          what is free are never more than the burst together.
-- Where the kind of a limit was changed, what was used of the one is used of the other.
-- KEYS the epoch, then a key for each counter. ARGV what to do, the epoch that is known ('': any), then
--   decide  nodes, how many ask, and for each counter: requests, span in ms, burst (0: a window), cost, permits wished ahead
--           -> {1, how many of them are admitted, now in ms, and for each counter {left, ms until its oldest count leaves or
--           its bucket is empty, ms until one more is admitted, permits ahead, until when those are counted, ms for which
--           they are good, used (of a bucket: us until it is empty)}}
--   renew   nodes, and for one counter: requests, span, burst, permits wanted at hand, those that still are, until when those
--           are counted -> as decide, with nobody admitted
--   charge  for each counter: requests, span, burst, units, whatever is left
--   back    for each counter: requests, span, burst, until when they are counted, permits
--   undo    for each bucket: requests, span, burst, when it was charged, units of a request that is not admitted after all
--   tell    for one counter: requests, span, burst, and pairs of ms ago and count; of a bucket instead us until it is empty
-- Another epoch: {0}, and nothing is done.
local SCALE, HELD, GRACE, GRID = 1024, 1500, 500, 125
-- what is renewed is good for so long at least, or for a sixtieth of the span
local REACH = 750
-- of what a limit admits at once, all nodes together hold about so much ahead: whoever comes to another node gets the
-- rest, 99 %; a limit below a hundred a node is asked for each time, and costs little since it admits little
local AHEAD = 0.01
-- of its memory
local FILLED, FULL = 0.8, 'gatehouse:{limit}:=full'
-- for so long a bucket is empty at most, however much was charged afterwards: nobody means more
local DEBT = 86400 * 1000000 * SCALE
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local now = math.floor(micros / 1000)
local what, known = ARGV[1], ARGV[2]
local epoch = redis.call('GET', KEYS[1])
if known ~= '' and epoch ~= known then
  return { 0 }
end

local function whole(number)
  return string.format('%.0f', number)
end

local data = whole(tonumber(string.sub(epoch or '', 1, 8), 16) or 0)

local function mark(c)
  if not c.of then
    redis.call('HSET', c.key, '0', data)
    c.of = data
  end
end

local function drop(c)
  redis.call('DEL', c.key)
  c.of = nil
end

-- how long so many permits take to drain
local function price(c, permits)
  return math.ceil(permits * c.span * 1000 * SCALE / c.requests)
end

local function used(level, requests, span)
  return math.ceil(level * requests / (span * 1000 * SCALE))
end

local function first(a, b)
  return a[1] < b[1]
end

local function asWindow(c)
  c.ends = (math.floor(now / c.size) + 1) * c.size
  if c.state then
    local _, level, requests, span = string.match(c.state, '(%d+) (%d+) (%d+) (%d+)')
    drop(c)
    local count = used(tonumber(level), tonumber(requests), tonumber(span))
    c.counts = { { c.ends, count } }
    mark(c)
    redis.call('HSET', c.key, whole(c.ends), count)
    redis.call('PEXPIRE', c.key, c.span + c.size)
  end
  local live = {}
  for _, count in ipairs(c.counts) do
    if count[1] + c.span <= now then
      redis.call('HDEL', c.key, whole(count[1]))
    else
      live[#live + 1] = count
      c.sum = c.sum + count[2]
    end
  end
  c.counts = live
  c.free = math.max(0, c.requests - c.sum)
  c.good = c.ends - now
end

local function keep(c)
  mark(c)
  redis.call('HSET', c.key, 'b', whole(micros) .. ' ' .. whole(c.level) .. ' ' .. whole(c.requests) .. ' ' .. whole(c.span))
  redis.call('PEXPIRE', c.key, whole(math.ceil(c.level / SCALE / 1000) + 2 * HELD))
end

local function asBucket(c)
  c.full = price(c, c.burst)
  c.level = 0
  local at = micros
  if c.state then
    local moment, level, requests, span = string.match(c.state, '(%d+) (%d+) (%d+) (%d+)')
    at, c.level = tonumber(moment), tonumber(level)
    requests, span = tonumber(requests), tonumber(span)
    if requests ~= c.requests or span ~= c.span then
      c.level = math.ceil(c.level * (c.span / c.requests) / (span / requests))
    end
  elseif #c.counts > 0 then
    local count = 0
    for _, one in ipairs(c.counts) do
      count = count + one[2]
    end
    drop(c)
    c.level = price(c, math.min(c.burst, count))
    keep(c)
  end
  local dropped = false
  table.sort(c.held, first)
  local live = {}
  for _, held in ipairs(c.held) do
    local ends = held[1] * 1000
    if ends <= micros then
      if ends > at then
        c.level = math.max(price(c, c.out), c.level - (ends - at) * SCALE)
        at = ends
      end
      c.out = c.out - held[2]
      redis.call('HDEL', c.key, 'h' .. whole(held[1]))
      dropped = true
    else
      live[#live + 1] = held
    end
  end
  c.held = live
  c.level = math.max(price(c, c.out), c.level - math.max(0, micros - at) * SCALE)
  if dropped then
    -- below what was held it drains only from here on
    keep(c)
  end
  c.free = math.max(0, math.floor((c.full - c.level) * c.requests / (c.span * 1000 * SCALE)))
  -- the quotient is a fraction; what counts is the price
  while c.free > 0 and c.level + price(c, c.free) > c.full do
    c.free = c.free - 1
  end
  while c.level + price(c, c.free + 1) <= c.full do
    c.free = c.free + 1
  end
  c.ends = (math.floor(now / GRID) + 1) * GRID + HELD
  c.good = c.ends - now - GRACE
end

-- is Redis so full that nobody gets a counter any more? looked at ten times a second at most
local function full()
  local known = redis.call('GET', FULL)
  if not known then
    local info = redis.pcall('INFO', 'memory')
    local text = type(info) == 'string' and info or ''
    local most, taken = string.match(text, 'maxmemory:(%d+)'), string.match(text, 'used_memory:(%d+)')
    known = most and taken and tonumber(taken) > FILLED * tonumber(most) and tonumber(most) > 0 and '1' or '0'
    redis.call('SET', FULL, known, 'PX', 100)
  end
  return known == '1'
end

-- The counter, and its fields. Who has none when Redis is full is counted with all others of whom that is so; and as long as
-- any of those counts, so is whoever has none, since he may have been among them.
local function counter(key)
  local fields = redis.call('HGETALL', key)
  local prefix = #fields == 0 and string.match(key, '^[^:]*:[^:]*:[^:]*:')
  if not prefix then
    return key, fields
  end
  local others = redis.call('HGETALL', prefix .. '*')
  if #others > 0 or full() then
    return prefix .. '*', others
  end
  return key, fields
end

local function load(name, at)
  local key, fields = counter(name)
  local c = { key = key, counts = {}, held = {}, sum = 0, out = 0 }
  c.requests, c.span, c.burst = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2])
  c.size = math.max(1, math.ceil(c.span / 60))
  for i = 1, #fields, 2 do
    if fields[i] == '0' then
      c.of = fields[i + 1]
    elseif fields[i] == 'b' then
      c.state = fields[i + 1]
    elseif string.sub(fields[i], 1, 1) == 'h' then
      c.held[#c.held + 1] = { tonumber(string.sub(fields[i], 2)), tonumber(fields[i + 1]) }
      c.out = c.out + tonumber(fields[i + 1])
    else
      c.counts[#c.counts + 1] = { tonumber(fields[i]), tonumber(fields[i + 1]) }
    end
  end
  if c.of and c.of ~= data then
    drop(c)
    c.counts, c.held, c.out, c.state = {}, {}, 0, nil
  end
  if c.burst == 0 then
    asWindow(c)
  else
    asBucket(c)
  end
  return c
end

-- what is handed out ahead for the nodes, when so many are wished and so many at hand; near the limit it is nothing
local function handOut(c, units, nodes, rest)
  local most = c.burst == 0 and c.requests or c.burst + c.requests * HELD / c.span
  local ahead = math.min(c.wish - rest, math.floor((c.free - units) / (4 * nodes)), math.floor(most * AHEAD / nodes) - rest)
  return math.max(0, ahead)
end

-- counts units, the last of which are permits that somebody holds ahead
local function count(c, units, ahead)
  if c.burst == 0 then
    mark(c)
    redis.call('HINCRBY', c.key, whole(c.ends), whole(units))
    redis.call('PEXPIRE', c.key, c.span + 2 * c.size)
    c.counts[#c.counts + 1] = { c.ends, units }
    c.sum = c.sum + units
  else
    c.level = math.min(c.level + price(c, units), math.max(c.level, c.full + DEBT))
    if ahead > 0 then
      redis.call('HINCRBY', c.key, 'h' .. whole(c.ends), whole(ahead))
      c.held[#c.held + 1] = { c.ends, ahead }
      c.out = c.out + ahead
    end
    keep(c)
  end
  c.free = math.max(0, c.free - units)
end

local function windowWait(c, cost)
  local wait, excess = 0, c.sum + cost - c.requests
  for _, one in ipairs(c.counts) do
    if excess <= 0 then
      break
    end
    excess = excess - one[2]
    wait = one[1] + c.span - now
  end
  return excess > 0 and c.span or wait
end

-- from now on, so that fractions of microseconds are not lost
local function bucketWait(c, cost)
  local goal, level, at, out = c.full - price(c, cost), c.level, 0, c.out
  table.sort(c.held, first)
  for _, held in ipairs(c.held) do
    local ends = held[1] * 1000 - micros
    if price(c, out) <= goal and at + (level - goal) / SCALE <= ends then
      break
    end
    level = math.max(price(c, out), level - (ends - at) * SCALE)
    at, out = ends, out - held[2]
  end
  return math.max(0, math.ceil((at + (level - goal) / SCALE) / 1000))
end

local function answer(c, ahead)
  if c.burst > 0 then
    local lasts = math.ceil(c.level / SCALE)
    return { c.free, math.ceil(lasts / 1000), bucketWait(c, c.cost), ahead, c.ends, c.good, lasts }
  end
  table.sort(c.counts, first)
  local reset = c.counts[1] and c.counts[1][1] + c.span - now or 0
  return { c.free, reset, windowWait(c, c.cost), ahead, c.ends, c.good, c.sum }
end

if what == 'decide' then
  local nodes, asking = tonumber(ARGV[3]), tonumber(ARGV[4])
  local counters, admitted = {}, asking
  for i = 2, #KEYS do
    local at = 5 + (i - 2) * 5
    local c = load(KEYS[i], at)
    c.cost, c.wish = tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
    counters[i - 1] = c
    admitted = math.min(admitted, math.floor(c.free / c.cost))
  end
  local said = { 1, admitted, now }
  for _, c in ipairs(counters) do
    local units, ahead = admitted * c.cost, 0
    if admitted > 0 and admitted == asking then
      ahead = handOut(c, units, nodes, 0)
    end
    if units > 0 then
      count(c, units + ahead, ahead)
    end
    said[#said + 1] = answer(c, ahead)
  end
  return said
end

if what == 'renew' then
  local nodes, c = tonumber(ARGV[3]), load(KEYS[2], 4)
  c.cost, c.wish = 1, tonumber(ARGV[7])
  if c.burst == 0 then
    c.ends = (math.floor((now + math.min(c.size, REACH)) / c.size) + 1) * c.size
    c.good = c.ends - now
  end
  local ahead = handOut(c, 0, nodes, tonumber(ARGV[9]) == c.ends and tonumber(ARGV[8]) or 0)
  if ahead > 0 then
    count(c, ahead, ahead)
  end
  return { 1, 0, now, answer(c, ahead) }
end

if what == 'charge' then
  for i = 2, #KEYS do
    local at = 3 + (i - 2) * 4
    count(load(KEYS[i], at), tonumber(ARGV[at + 3]), 0)
  end
elseif what == 'back' then
  for i = 2, #KEYS do
    local at = 3 + (i - 2) * 5
    local burst, ends, permits = tonumber(ARGV[at + 2]), ARGV[at + 3], tonumber(ARGV[at + 4])
    local field = burst == 0 and ends or 'h' .. ends
    local back = math.min(permits, tonumber(redis.call('HGET', KEYS[i], field) or '0'))
    if back > 0 then
      redis.call('HINCRBY', KEYS[i], field, whole(-back))
      if burst > 0 then
        local c = load(KEYS[i], at)
        c.level = math.max(price(c, c.out), c.level - math.max(0, price(c, back) - 1))
        keep(c)
      end
    end
  end
elseif what == 'undo' then
  for i = 2, #KEYS do
    local at = 3 + (i - 2) * 5
    local c = load(KEYS[i], at)
    -- without it the bucket may have been empty since, and have drained no more: so much less of it is in there at most
    local still = price(c, tonumber(ARGV[at + 4])) - math.max(0, micros - tonumber(ARGV[at + 3]) * 1000) * SCALE - 1
    if still > 0 then
      c.level = math.max(price(c, c.out), c.level - still)
      keep(c)
    end
  end
elseif what == 'tell' then
  local c = load(KEYS[2], 3)
  if c.burst > 0 then
    c.level = math.max(c.level, tonumber(ARGV[6]) * SCALE)
    keep(c)
  else
    mark(c)
    for i = 6, #ARGV, 2 do
      local ends = (math.floor((now - tonumber(ARGV[i])) / c.size) + 1) * c.size
      if ends + c.span > now then
        redis.call('HINCRBY', c.key, whole(ends), ARGV[i + 1])
      end
    end
    redis.call('PEXPIRE', c.key, c.span + c.size)
  end
end
return { 1 }
