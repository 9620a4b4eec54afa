# Disks, damaged files, other programs and units that cannot be done.

# small_disk: an empty file system of its own at $disk, with the sweep on it.
small_disk() {
  disk=$WORK/disk
  mkdir "$disk"
  mount -t tmpfs -o size=1m tmpfs "$disk" 2>/dev/null || skip "no tmpfs can be mounted here"
  small_spec
  sweep=$disk/small.sweep
  scorefield sweep plan "$WORK/small.yaml" --out "$sweep" --no-pilot
}

# refused STATUS TEXT ARGUMENT...: the program ends with a status and says a text on one line.
refused() {
  local status=0 output wanted=$1 text=$2
  shift 2
  output=$(scorefield "$@" 2>&1) || status=$?
  echo "status $status: $output"
  [[ $status != 0 && ($wanted == any || $status == "$wanted") ]] ||
    fail "'$*' ended with status $status, expected $wanted: $output"
  [[ $output == *"$text"* ]] || fail "'$*' does not say '$text': $output"
}

case_full() {
  small_disk
  submit --hold
  dd if=/dev/zero of="$disk/filler" bs=4k 2>/dev/null || true
  refused any "No space left" sweep work "$sweep" 0
  scontrol release $jobs $merge_job
  await
  rm "$disk/filler"
  expect_missing 0 1 2 3 4 5 6 7
  expect_no_leftovers
  submit_and_await
  expect_submitted 8
  expect_undisturbed small
}

case_readonly() {
  small_disk
  submit --hold
  local held_jobs=$jobs held_merge=$merge_job
  mount -o remount,ro "$disk"
  refused any "Read-only" sweep work "$sweep" 0
  refused any "Read-only" sweep submit "$sweep"
  scontrol release $held_jobs $held_merge
  within 60 "no task is at work or waiting to begin" nothing_runs $held_jobs
  mount -o remount,rw "$disk"
  scancel $held_jobs $held_merge 2>/dev/null || true
  await
  expect_missing 0 1 2 3 4 5 6 7
  submit_and_await
  expect_submitted 8
  expect_undisturbed small
}

# Over, or put back into the queue and held, which is what Slurm does with a job that it cannot start.
nothing_runs() {
  local job
  for job in "$@"; do
    [[ -z $(squeue -h -r -j "$job" -o '%T %r' 2>/dev/null | grep -vi 'PENDING.*held') ]] || return 1
  done
}

# Shards that are torn, empty, changed, of another sweep and of another number.
case_torn() {
  small_spec
  spec other 8 301
  plan other
  scorefield sweep run "$sweep"
  local other=$sweep
  plan small
  scorefield sweep run "$sweep"
  rm -r "$sweep/merged"
  head -c 300 "$(shard_file 1)" >"$WORK/torn"
  mv "$WORK/torn" "$(shard_file 1)"
  : >"$(shard_file 2)"
  flip "$(shard_file 3)" 100
  cp "$other/shards/00/00004.jsonl" "$(shard_file 4)"
  cp "$(shard_file 6)" "$(shard_file 5)"
  cp -r "$sweep" "$WORK/copy"

  submit_and_await
  expect_submitted 5
  local shard
  for shard in 1 2 3 4 5; do
    [[ -e $(shard_file "$shard").bad ]] || fail "the damaged shard $shard was not set aside"
  done
  expect_undisturbed small

  sweep=$WORK/copy
  expect_missing 1 2 3 4 5
  scorefield sweep run "$sweep"
  expect_undisturbed small
}

# Changes one byte of a file.
flip() {
  local byte=0
  [[ $(tail -c +$(($2 + 1)) "$1" | head -c 1) != 0 ]] || byte=1
  printf %s $byte | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

# The folder was made by another version of the program.
case_version() {
  small_spec
  plan small
  cp -r "$sweep" "$WORK/another"
  cp "$sweep/sweep.json" "$WORK/manifest"
  submit --hold
  sed -i 's/"program": *"/&another /' "$sweep/sweep.json" "$WORK/another/sweep.json"
  ! cmp -s "$sweep/sweep.json" "$WORK/manifest" || fail "sweep.json does not name the program"
  refused 65 another sweep work "$WORK/another" 0
  refused any another sweep submit "$WORK/another"
  refused any another sweep run "$WORK/another"
  scontrol release $jobs $merge_job
  await
  expect_ended FAILED 8
  grep "ArrayJobId=$jobs " "$RIG/log/jobs" | grep -q 'ExitCode=65:0' || fail "no task ended with status 65"
  cp "$WORK/manifest" "$sweep/sweep.json"
  expect_missing 0 1 2 3 4 5 6 7
  submit_and_await
  expect_submitted 8
  expect_undisturbed small
}

# One unit needs more memory than a task may have: given up after three times, done when it may.
case_failing() {
  cat >"$WORK/failing.yaml" <<'YAML'
sweep: failing
train: {steps: 10}
configuration: {network: {hidden: [16]}, probe: {points: 256}}
vary:
  training_set.count: [200, 300, 5000000]
shard: 1
YAML
  plan failing
  local round
  for round in 1 2 3; do
    read_jobs "$(ulimit -v 500000 && scorefield sweep submit "$sweep")"
    expect_submitted $((round == 1 ? 3 : 1))
    await
  done
  expect_ended FAILED
  [[ $(ls "$sweep/failed" | wc -l) == 3 ]] || fail "failed/ has $(ls "$sweep/failed")"
  expect_missing 2
  submit
  expect_submitted 0
  scorefield sweep retry "$sweep"
  submit_and_await
  expect_submitted 1
  expect_undisturbed failing
}
