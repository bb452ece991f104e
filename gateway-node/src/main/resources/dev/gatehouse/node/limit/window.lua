-- At most `limit` admissions in any span of `window` ms. A hash holds counts by the end (ms) of the small bucket they
-- fell in; a count leaves when even its latest moment is a window ago. So the sum is never too small, and a bucket's
-- length (1/60 window) is how much later than possible a permit may come back. A permit that is counted ahead is thus
-- as good as one for a request that is here, until its bucket ends.
-- KEYS[1] the hash; ARGV limit, window in ms, requests that ask, permits wished ahead, nodes. On Redis' own clock.
-- Returns {how many of them are admitted, left, ms until the oldest count leaves, ms until one more is admitted,
-- permits ahead, end of the bucket they were counted in, ms until then}.
local limit, window, asking = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local wished, nodes = tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local size = math.max(1, math.ceil(window / 60))
local bucket = (math.floor(now / size) + 1) * size
local counts, sum = {}, 0
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local ends, count = tonumber(fields[i]), tonumber(fields[i + 1])
  if ends + window <= now then
    redis.call('HDEL', KEYS[1], fields[i])
  else
    counts[#counts + 1] = { ends, count }
    sum = sum + count
  end
end
local free = math.max(0, limit - sum)
local admitted = math.min(asking, free)
-- what one node holds ahead is small beside what is left for all: near the limit it is nothing
local ahead = math.min(wished, math.floor((free - admitted) / (4 * nodes)))
if admitted > 0 then
  redis.call('HINCRBY', KEYS[1], string.format('%d', bucket), admitted + ahead)
  redis.call('PEXPIRE', KEYS[1], window + size)
  counts[#counts + 1] = { bucket, admitted + ahead }
  sum = sum + admitted + ahead
end
table.sort(counts, function(a, b) return a[1] < b[1] end)
local wait, rest = 0, sum
for i = 1, #counts do
  if rest < limit then
    break
  end
  rest = rest - counts[i][2]
  wait = counts[i][1] + window - now
end
local oldest = counts[1] and counts[1][1] or now
return { admitted, math.max(0, limit - sum), oldest + window - now, wait, ahead, bucket, bucket - now }
