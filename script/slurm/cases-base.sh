# Without a fault, on every engine.

case_base() {
  small_spec
  plan small
  submit_and_await
  expect_submitted 8
  # What the merge job wrote, before anybody merges by hand.
  local found
  found=$(sha256sum <"$sweep/merged/RESULTS.jsonl")
  [[ ${found%% *} == "$(undisturbed small)" ]] || fail "the merge job wrote ${found%% *}"
  expect_undisturbed small
  expect_no_leftovers
  submit
  expect_submitted 0
}

# The same sweep in this process, by GNU parallel and by Slurm: the same bytes.
case_engines() {
  small_spec
  undisturbed small
  plan small
  scorefield sweep run "$sweep" --engine parallel --jobs 2
  expect_undisturbed small
  mv "$sweep" "$WORK/parallel"
  plan small
  submit_and_await
  expect_undisturbed small
  diff -r "$WORK/parallel/shards" "$sweep/shards" || fail "parallel and Slurm wrote different shards"
  diff -r "$RIG/undisturbed/small/shards" "$sweep/shards" || fail "shards differ from those in process"
}

# GNU parallel killed, then started again.
case_parallel() {
  slow_spec
  undisturbed slow
  plan slow
  CASE=$WORK "$SCOREFIELD" sweep run "$sweep" --engine parallel --jobs 2 &
  local run=$! killed status=0
  within 60 "two shards are finished" shards_are_there 2
  killed=$(started_with "CASE=$WORK" | named parallel)
  [[ -n $killed ]] || fail "no process of GNU parallel is there"
  kill -9 $killed
  wait $run || status=$?
  [[ $status != 0 ]] || fail "the killed run ended with status 0"
  [[ -n $(missing_shards) ]] || fail "nothing was missing after GNU parallel was killed"
  scorefield sweep run "$sweep" --engine parallel --jobs 2
  expect_undisturbed slow
}

shards_are_there() { (($(find "$sweep" -path '*/shards/*.jsonl' 2>/dev/null | wc -l) >= $1)); }

# Those of the process ids read that have a name.
named() {
  local pid
  while read -r pid; do
    [[ $(cat "/proc/$pid/comm" 2>/dev/null) != "$1" ]] || echo "$pid"
  done
}

# What sbatch is asked for, with commands of the same names in Slurm's place; needs no Slurm.
case_fake() {
  export PATH=$here/fake:$PATH FAKE=$WORK/fake FAKE_MAX_ARRAY=5
  mkdir -p "$FAKE"
  small_spec
  plan small
  submit --partition short --time 30 --sbatch=--account=physics
  expect_submitted 8
  await
  cat "$FAKE/calls"
  expect_call 'sbatch .*--array=0-4( |$)'
  expect_call 'sbatch .*--array=0-2( |$)'
  expect_call 'sbatch .*--requeue'
  expect_call 'sbatch .*--partition=short'
  expect_call 'sbatch .*--time=30'
  expect_call 'sbatch .*--account=physics'
  expect_call "sbatch .*--dependency=afterany:${jobs/ /:}"
  expect_no_call sacct
  expect_no_call sacctmgr
  expect_undisturbed small

  rm "$(shard_file 3)"
  rm -r "$sweep/merged"
  local output
  if output=$(FAKE_REFUSES='Invalid account' scorefield sweep submit "$sweep" 2>&1); then
    fail "submit ended with status 0 although sbatch refused"
  fi
  [[ $output == *"Invalid account"* ]] || fail "submit does not say why sbatch refused: $output"
  submit_and_await
  expect_submitted 1
  expect_undisturbed small
}

expect_call() { grep -qE -- "^$1" "$FAKE/calls" || fail "no call like '$1'"; }
expect_no_call() { ! grep -q "^$1 " "$FAKE/calls" || fail "$1 was asked, which many clusters lack"; }
