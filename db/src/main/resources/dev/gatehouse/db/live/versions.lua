-- Adds calls of one version. KEYS: hour, day, last. ARGV: most consumers, now, seconds that hours and days are kept, then consumer, calls …
local most = tonumber(ARGV[1])
local now = tonumber(ARGV[2])

local function place(key, consumer)
    if redis.call('HEXISTS', key, consumer) == 1 or redis.call('HLEN', key) < most then
        return consumer
    end
    return '*'
end

for i = 5, #ARGV, 2 do
    for k = 1, 2 do
        redis.call('HINCRBY', KEYS[k], place(KEYS[k], ARGV[i]), ARGV[i + 1])
    end
    local consumer = place(KEYS[3], ARGV[i])
    if now > tonumber(redis.call('HGET', KEYS[3], consumer) or 0) then
        redis.call('HSET', KEYS[3], consumer, now)
    end
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('EXPIRE', KEYS[2], ARGV[4])
redis.call('EXPIRE', KEYS[3], ARGV[4])
