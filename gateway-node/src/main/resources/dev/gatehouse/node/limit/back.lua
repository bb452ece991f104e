-- Takes permits that were counted ahead and not used out of the small bucket they were counted in.
-- KEYS[1] the hash; ARGV the bucket's end, permits.
local counted = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
local back = math.min(counted, tonumber(ARGV[2]))
if back > 0 then
  redis.call('HINCRBY', KEYS[1], ARGV[1], -back)
end
return back
