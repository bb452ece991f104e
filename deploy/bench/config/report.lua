-- Runs in wrk once the load is over: one line of numbers instead of a page of text.
function done(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format("result %d %d %d %d %d %d\n", summary.requests, summary.duration,
      latency:percentile(50), latency:percentile(99), errors.status,
      errors.connect + errors.read + errors.write + errors.timeout))
end
