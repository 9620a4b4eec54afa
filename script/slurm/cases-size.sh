# Queues that are long, forgetful or asked twice.

# Two people submit at the same time.
case_twice() {
  slow_spec
  plan slow
  local first=$WORK/first second=$WORK/second all_jobs all_merges
  scorefield sweep submit "$sweep" >"$first" 2>&1 &
  scorefield sweep submit "$sweep" >"$second" 2>&1 || true
  wait $! || true
  cat "$first" "$second"
  read_jobs "$(cat "$first" "$second")"
  ((submitted >= 6)) || fail "two submits submitted $submitted shards of 6"
  echo "two submits at once: $submitted shards"
  all_jobs=$jobs
  all_merges=$merge_job
  submit
  expect_submitted 0
  jobs=$all_jobs merge_job=$all_merges
  await
  expect_undisturbed slow
  expect_no_leftovers
}

# The submitter is killed as soon as sbatch has taken the first array: what it knows of it is lost.
case_submitter() {
  mkdir "$WORK/bin"
  printf '#!/bin/sh\n%s "$@"\nkill -9 $PPID\n' "$(command -v sbatch)" >"$WORK/bin/sbatch"
  chmod +x "$WORK/bin/sbatch"
  small_spec
  plan small
  local status=0
  PATH=$WORK/bin:$PATH "$SCOREFIELD" sweep submit "$sweep" || status=$?
  [[ $status == 137 ]] || fail "the submitter ended with status $status and was not killed"
  submit_and_await
  expect_undisturbed small
  expect_no_leftovers
}

# Slurm has forgotten the jobs when it is asked again.
case_forgotten() {
  small_spec
  plan small
  submit_and_await
  within 90 "Slurm has forgotten job $jobs" is_forgotten "$jobs"
  rm "$(shard_file 3)"
  rm -r "$sweep/merged"
  expect_missing 3
  submit_and_await
  expect_submitted 1
  expect_undisturbed small
}

is_forgotten() { [[ $(squeue -h -t all -j "$1" 2>&1) == *"Invalid job id"* ]]; }

# More shards than an array may have: submitted held, looked at, cancelled.
case_chunks() {
  spec chunks 12000 1
  plan chunks
  submit --hold
  expect_submitted 12000
  [[ $(wc -w <<<"$jobs") == 2 ]] || fail "12,000 shards made the jobs '$jobs', expected two"
  local job elements total=0
  for job in $jobs; do
    elements=$(squeue -h -r -j "$job" -o '%K %T %r' | grep -c 'PENDING JobHeldUser')
    ((elements <= 10001)) || fail "job $job has $elements elements"
    total=$((total + elements))
  done
  [[ $total == 12000 ]] || fail "$total elements are held, expected 12000"
  # The ends of both arrays do four different shards, among them the first and the last.
  for job in $jobs; do
    run_element "$job" 0
    run_element "$job" $(($(squeue -h -r -j "$job" -o %K | wc -l) - 1))
  done
  [[ -e $(shard_file 0) && -e $(shard_file 11999) ]] || fail "the first and the last shard are not done"
  [[ $(find "$sweep/shards" -name '*.jsonl' | wc -l) == 4 ]] || fail "four elements did not do four shards"
  scorefield sweep cancel "$sweep"
  await
  local status=0
  scorefield sweep merge "$sweep" || status=$?
  [[ $status == 1 ]] || fail "merge of an incomplete sweep ended with status $status"
}

# Runs the script of a job here, as Slurm would run one element of it.
run_element() {
  local script=$WORK/script.$1 arguments
  scontrol write batch_script "$1" "$script" >/dev/null
  arguments=$(scontrol show job "$1" | sed -n 's/^ *Command=[^ ]* *//p' | sort -u)
  SLURM_ARRAY_JOB_ID=$1 SLURM_ARRAY_TASK_ID=$2 SLURM_JOB_ID=$1 bash "$script" $arguments
}

# Many small arrays, run whole.
case_whole() {
  rig_set MaxArraySize 21
  controller_stop
  slurmctld
  within 60 "all nodes are idle" nodes_are_idle
  spec whole 50 10
  plan whole
  submit_and_await 150
  expect_submitted 50
  [[ $(wc -w <<<"$jobs") == 3 ]] || fail "50 shards over arrays of 21 made the jobs '$jobs'"
  expect_undisturbed whole
}
