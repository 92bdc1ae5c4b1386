-- One constant call of the workload, for wrk.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"model":"constant","messages":[{"role":"system","content":"You are persona 1. '
  .. string.rep("You live in a small town and work hard. ", 20)
  .. '"},{"role":"user","content":"Question 1: How satisfied are you with public services? A) very B) fairly C) neither '
  .. 'D) not very E) not at all. Answer with one letter."}],"max_tokens":1,"logprobs":true,"top_logprobs":5,"temperature":0}'
