-- A wrk script: sends the requests of a file in turn, split between threads, and counts answers without a given text.
--
--     wrk -s bench/requests.lua http://127.0.0.1:8000/graphql -- <file> <text> <threads>
--
-- A line of the file is an access token, a tab and a body. Either may be empty; an empty body means GET.

local number_of_threads = 0
local threads = {}

function setup(thread)
  thread:set("share", number_of_threads)
  number_of_threads = number_of_threads + 1
  table.insert(threads, thread)
end

function init(arguments)
  requests, turn, refused = {}, 0, 0
  expected = arguments[2]
  local number = 0
  for line in io.lines(arguments[1]) do
    if number % tonumber(arguments[3]) == share then
      table.insert(requests, prepared(line:match("^(.-)\t(.*)$")))
    end
    number = number + 1
  end
end

function prepared(token, body)
  -- Forwarded as by a proxy, because loopback addresses have no client budgets.
  local headers = { ["Content-Type"] = "application/json", ["X-Forwarded-For"] = "192.0.2.1" }
  if token ~= "" then headers["Authorization"] = "Bearer " .. token end
  if body == "" then return wrk.format("GET", nil, headers) end
  return wrk.format("POST", nil, headers, body)
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function response(status, headers, body)
  if not body:find(expected, 1, true) then refused = refused + 1 end
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  for _, thread in ipairs(threads) do failed = failed + thread:get("refused") end
  print(string.format('{"requests": %d, "seconds": %.6f, "median_ms": %.3f, "p99_ms": %.3f, "failed": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, failed))
end
