# Tasks, nodes and the controller that die or are stopped.

# A worker killed in the middle of its work.
case_killed() {
  slow_spec
  plan slow
  submit
  within 60 "a task is at work" some_worker "$jobs"
  sleep 0.2
  local victims
  victims=($(workers "$jobs"))
  kill -9 "${victims[0]}"
  await
  expect_ended FAILED
  [[ $(missing_shards | wc -l) == 1 ]] || fail "missing are '$(missing_shards | xargs)', expected one"
  expect_missing $(missing_shards)
  submit_and_await
  expect_submitted 1
  expect_undisturbed slow
}

# A worker killed at any time, again and again; no Slurm.
case_random() {
  slow_spec
  plan slow
  local time
  for time in 0.02 0.05 0.1 0.2 0.3 0.4 0.5 0.6; do
    "$SCOREFIELD" sweep work "$sweep" 0 &
    sleep "$time"
    kill -9 $! || true # it may be done by then
    wait $! || true
  done
  scorefield sweep run "$sweep"
  expect_undisturbed slow
}

# Killed when the shard, then the merged file, is written and has not its name yet.
case_rename() {
  small_spec
  plan small
  kill_at_name 00003.jsonl
  submit_and_await
  expect_killed 00003.jsonl
  expect_ended FAILED
  expect_missing 3
  kill_at_name RESULTS.jsonl
  submit_and_await
  expect_submitted 1
  expect_killed RESULTS.jsonl
  [[ ! -e $sweep/merged/RESULTS.jsonl ]] || fail "the killed merge left merged/RESULTS.jsonl"
  expect_undisturbed small
}

# The node, the daemon of the step and the task are gone at once.
case_node() {
  small_spec
  plan small
  hold 0
  submit
  within 60 "shard 0 waits for its name" holds 1
  local node element pids
  node=$(held_node)
  element=$(held_element)
  pids=$(for pid in $(workers "$jobs" "$node"); do
    step_daemon "$pid"
    echo "$pid"
  done)
  kill -9 $(node_pid "$node") $pids
  clear_faults
  within 60 "node $node counts as down" node_is "$node" down
  hasten "$jobs" "$element"
  await
  expect_ended NODE_FAIL
  expect_undisturbed small
  node_start "$node"
  within 60 "the node is back" nodes_are_idle
}

held_node() { held | sed 1q | cut -d. -f3; }
held_pid() { held | sed 1q | cut -d. -f4; }
held_element() { tr '\0' '\n' <"/proc/$(held_pid)/environ" | sed -n 's/^SLURM_ARRAY_TASK_ID=//p'; }
node_is() { sinfo -h -N -n "$1" -o %T | grep -q "^$2"; }

# The node is cut off while its task lives: two copies write the same shard.
case_copies() {
  small_spec
  plan small
  hold 0
  submit
  within 60 "shard 0 waits for its name" holds 1
  local node element
  node=$(held_node)
  element=$(held_element)
  kill -9 "$(node_pid "$node")"
  scontrol update "nodename=$node" state=down reason=test
  hasten "$jobs" "$element"
  within 60 "two copies of shard 0 wait for its name" holds 2
  [[ $(held | cut -d. -f3 | sort -u | wc -l) == 2 ]] || fail "the copies are not on two nodes: $(held)"
  release
  within 60 "both copies are over" no_worker "$jobs"
  await
  node_start "$node"
  scontrol update "nodename=$node" state=resume || true # unless it is back by itself
  within 60 "the node is back" nodes_are_idle
  expect_undisturbed small
  expect_no_leftovers
}

no_worker() { [[ -z $(workers "$1") ]]; }

# The controller dies while tasks are at work and others are queued, and is started again.
case_controller() {
  submit_with_workers_held
  within 60 "the controller has saved its queue" test "$RIG/state/job_state" -nt "$WORK/held"
  kill -9 "$(controller_pid)"
  scorefield sweep status "$sweep" || fail "status needs the controller"
  local output
  if output=$(timeout 60 "$SCOREFIELD" sweep submit "$sweep" 2>&1); then
    fail "submit ended with status 0 without a controller: $output"
  fi
  echo "without a controller submit says: $output"
  [[ $(wc -l <<<"$output") -le 3 ]] || fail "without a controller submit says: $output"
  release
  within 60 "tasks are finished without the controller" shards_are_there 4
  slurmctld
  await
  expect_undisturbed small
}

submit_with_workers_held() {
  small_spec
  plan small
  hold
  submit
  within 60 "four shards wait for their names" holds 4
  # A change makes the controller save its queue, with all that was before it.
  touch "$WORK/held"
  scontrol update "jobid=$merge_job" comment=saved
}

# The controller comes back without its queue: all that it had accepted is submitted again.
case_lost() {
  submit_with_workers_held
  kill -9 "$(controller_pid)"
  # The nodes know the old numbers still.
  rig_set FirstJobId 1000
  slurmctld -c
  within 60 "the controller answers" controller_answers
  release
  within 60 "all nodes are idle" nodes_are_idle
  submit_and_await
  expect_undisturbed small
}

# A task that takes longer than the job may.
case_limit() {
  small_spec
  plan small
  hold 2
  submit --time 1
  await 150
  clear_faults
  expect_ended TIMEOUT
  expect_missing 2
  submit_and_await
  expect_submitted 1
  expect_undisturbed small
}

# An administrator sends a task at work back to the queue.
case_requeue() {
  small_spec
  plan small
  hold 1
  submit
  within 60 "shard 1 waits for its name" holds 1
  local element
  element=$(held_element)
  scontrol requeue "${jobs}_$element"
  within 60 "the element is queued again" element_is "$jobs" "$element" PENDING
  clear_faults
  hasten "$jobs" "$element"
  await
  expect_undisturbed small
}

# Cancelled half-way; what is finished stays, the rest is submitted later.
case_cancel() {
  slow_spec
  plan slow
  submit
  within 60 "a shard is finished" shards_are_there 1
  scorefield sweep cancel "$sweep"
  await
  local missing
  missing=$(missing_shards)
  [[ -n $missing ]] || fail "nothing was missing after cancel"
  expect_missing $missing
  submit_and_await
  expect_submitted "$(wc -w <<<"$missing")"
  expect_undisturbed slow
}
