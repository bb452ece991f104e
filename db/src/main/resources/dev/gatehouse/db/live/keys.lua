-- Adds calls of keys. KEYS: calls of the day, last calls of the day, shared keys, then for each key the addresses it came from.
-- ARGV: most keys told apart, now, seconds that days are kept, seconds that an address counts, most addresses, how many make
-- a key shared, seconds that shared keys are kept, most shared keys; then for each key: id, calls, last, its address, number of
-- networks, the networks.
local most, now, kept, window = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local addresses, many, listed, shared = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local at = 9

for k = 4, #KEYS do
    local id, last, count = ARGV[at], ARGV[at + 2], tonumber(ARGV[at + 4])
    if redis.call('HEXISTS', KEYS[1], id) == 1 or redis.call('HLEN', KEYS[1]) < most then
        redis.call('HINCRBY', KEYS[1], id, ARGV[at + 1])
        local known = redis.call('HGET', KEYS[2], id)
        if not known or tonumber(string.match(known, '^%d+')) <= tonumber(last) then
            redis.call('HSET', KEYS[2], id, last .. ' ' .. ARGV[at + 3])
        end
    end
    for i = 1, count do
        redis.call('ZADD', KEYS[k], now, ARGV[at + 4 + i])
    end
    redis.call('ZREMRANGEBYSCORE', KEYS[k], '-inf', now - window)
    redis.call('ZREMRANGEBYRANK', KEYS[k], 0, -1 - addresses)
    redis.call('EXPIRE', KEYS[k], window)
    if redis.call('ZCARD', KEYS[k]) >= many then
        redis.call('ZADD', KEYS[3], now, id)
    end
    at = at + 5 + count
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - listed)
redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -1 - shared)
redis.call('EXPIRE', KEYS[3], listed)
redis.call('EXPIRE', KEYS[1], kept)
redis.call('EXPIRE', KEYS[2], kept)
