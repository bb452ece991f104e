-- What is used of a quota, and what each node holds of it beyond that. A hash: `used`, as the ledger said last; `version`
-- of that; `at`, when it was compared with the ledger; `settled`, when every living node has told what it holds;
-- `n:<boot>`, what a node was handed out and has not yet written to the ledger, how much of it is unspent, when it said
-- so, and the number of what it said.
-- KEYS[1] the hash; ARGV boot, number, held by it, unspent of that, asked for (0: only what can be had ahead), wished beyond it, limit, nodes,
-- most that a node may hold (0: anything), used as the ledger said, version of that, has it said so just now (1), may the
-- key be made (0: no, 1: it is new to the ledger too, 2: it was lost), must it have been compared with the ledger lately
-- (1), ttl in ms.
-- Returns {what, granted, used and held by all, ms to wait, unspent of the others}: 0 granted or told, 1 no such key,
-- 2 not compared lately, 3 not enough left, 4 not before all have told what they hold, 5 the node holds too much.
local SETTLING, LATELY, FRESH = 2000, 3000, 3000
local boot, number = 'n:' .. ARGV[1], tonumber(ARGV[2])
local held, unspent, asked, wished = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local limit, nodes, most = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local said, version, justNow = tonumber(ARGV[10]), tonumber(ARGV[11]), ARGV[12] == '1'
local making, strict = tonumber(ARGV[13]), ARGV[14] == '1'
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(n) return string.format('%.0f', n) end

local used = tonumber(redis.call('HGET', KEYS[1], 'used'))
if not used then
  if making == 0 then
    return { 1, 0, 0, 0, 0 }
  end
  used = said
  redis.call('HSET', KEYS[1], 'used', text(used), 'version', text(version), 'at', text(now),
    'settled', text(making == 2 and now + SETTLING or now))
  redis.call('PEXPIRE', KEYS[1], ARGV[15])
else
  if version > tonumber(redis.call('HGET', KEYS[1], 'version')) then
    used = said
    redis.call('HSET', KEYS[1], 'used', text(used), 'version', text(version))
  end
  if justNow then
    redis.call('HSET', KEYS[1], 'at', text(now))
  elseif strict and asked + wished > 0 and now - tonumber(redis.call('HGET', KEYS[1], 'at')) > LATELY then
    return { 2, 0, 0, 0, 0 }
  end
end

local sum, others, known, newer = used, 0, 1, false
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local mine = all[i] == boot
  if string.sub(all[i], 1, 2) == 'n:' then
    local has, idle, at, nth = string.match(all[i + 1], '^(%-?%d+) (%d+) (%d+) (%d+)$')
    if not mine then
      known = known + 1
      sum = sum + tonumber(has)
      others = others + (now - tonumber(at) <= FRESH and tonumber(idle) or 0)
    elseif tonumber(nth) >= number then
      newer = true
      held = tonumber(has)
    end
  end
end
sum = sum + held
local what, granted, wait = 0, 0, 0
if asked + wished > 0 and not newer then
  local settled = tonumber(redis.call('HGET', KEYS[1], 'settled'))
  local hidden = now < settled and math.max(0, nodes - known) * (most > 0 and most or limit) or 0
  local free = limit - sum - hidden
  local room = most > 0 and most - held or free
  if asked > limit - sum then
    what = 3
  elseif asked > free then
    what, wait = 4, settled - now
  elseif asked > room then
    what = 5
  else
    -- what one node holds ahead is small beside what is left for all: near the edge it is nothing
    granted = asked + math.max(0, math.min(wished, math.floor((free - asked) / (4 * nodes)), room - asked))
  end
end
if not newer then
  held, sum = held + granted, sum + granted
  if held ~= 0 or now < tonumber(redis.call('HGET', KEYS[1], 'settled')) then
    redis.call('HSET', KEYS[1], boot, text(held) .. ' ' .. text(unspent + granted) .. ' ' .. text(now) .. ' ' .. text(number))
  else
    redis.call('HDEL', KEYS[1], boot)
  end
end
return { what, granted, sum, wait, others }
