# What the cases of script/test-slurm say: sweeps, jobs, the tasks at work and what is expected of them.

# Ends the case; the line is what the summary says.
fail() {
  echo "$*" >"$RIG/why"
  exit 1
}

# within SECONDS WHAT COMMAND...: waits until COMMAND succeeds.
within() {
  local - limit=$1 end=$((SECONDS + $1 + 1)) what=$2
  set +x
  shift 2
  until "$@"; do
    ((SECONDS < end)) || fail "waited $limit s in vain until $what"
    sleep 0.1
  done
}

scorefield() { "$SCOREFIELD" "$@"; }

# MARK: Sweeps

# spec NAME SHARDS [STEPS]: a file of short runs, two in each shard.
spec() {
  cat >"$WORK/$1.yaml" <<YAML
sweep: $1
train: {steps: ${3:-300}}
configuration: {network: {hidden: [16]}, training_set: {count: 200}, probe: {points: 256}}
vary:
  optimizer.learning_rate: {from: 1.0e-3, to: 1.0e-2, scale: log, count: $2}
seeds: 2
shard: 2
YAML
}

# The specifications that cases share, so that each is computed undisturbed once.
small_spec() { spec small 8; }
slow_spec() { spec slow 6 4000; }

# plan NAME: the folder $WORK/NAME.sweep, which is called $sweep from then on.
plan() {
  sweep=$WORK/$1.sweep
  scorefield sweep plan "$WORK/$1.yaml" --out "$sweep" --no-pilot
}

# The digest of a specification's results, computed in one process without faults.
undisturbed() {
  local known=$RIG/digests/$1
  if [[ ! -e $known ]]; then
    mkdir -p "$RIG/digests" "$RIG/undisturbed"
    rm -rf "$RIG/undisturbed/$1"
    scorefield sweep plan "$WORK/$1.yaml" --out "$RIG/undisturbed/$1" --no-pilot >&2
    scorefield sweep run "$RIG/undisturbed/$1" >&2
    digest "$RIG/undisturbed/$1" >"$known"
  fi
  cat "$known"
}

# The digest that merging a folder prints, and that its file has.
digest() {
  local said file
  said=$(scorefield sweep merge "$1" | tail -n 1)
  file=$(sha256sum <"$1/merged/RESULTS.jsonl")
  [[ $said == "digest ${file%% *}" ]] || fail "merge says '$said', the file has ${file%% *}"
  echo "${file%% *}"
}

expect_undisturbed() {
  local right found
  right=$(undisturbed "$1")
  found=$(digest "$sweep") || fail "merge refuses: $(merge_output)"
  [[ $found == "$right" ]] || fail "digest $found, undisturbed $right"
}

merge_output() { scorefield sweep merge "$sweep" 2>&1 | tail -n 3 | tr '\n' ' ' || true; }

# expect_missing SHARD...: merge refuses with status 1, says these numbers and leaves no result.
expect_missing() {
  local output status=0 numbers
  output=$(scorefield sweep merge "$sweep" 2>&1) || status=$?
  echo "$output"
  [[ $status == 1 ]] || fail "merge of an incomplete sweep ended with status $status: $output"
  numbers=$(missing_shards | xargs)
  [[ $numbers == "$*" ]] || fail "missing are the shards '$numbers', expected '$*'"
  for number in "$@"; do
    says_number "$output" "$number" || fail "merge does not name the missing shard $number: $output"
  done
  [[ ! -e $sweep/merged/RESULTS.jsonl ]] || fail "a refused merge left merged/RESULTS.jsonl"
}

# Whether a text names a number, alone or inside a range such as 4-7.
says_number() {
  local - word
  set +x
  for word in $(grep -oE '[0-9]+(-[0-9]+)?' <<<"${1#*missing}"); do
    ((${word%-*} <= $2 && $2 <= ${word#*-})) && return
  done
  return 1
}

shard_file() { printf '%s/shards/%02d/%05d.jsonl' "$sweep" "$(($1 / 1000))" "$1"; }
shard_count() { wc -l <"$sweep/plan.jsonl"; }

missing_shards() {
  local - shard count
  set +x
  count=$(shard_count)
  for ((shard = 0; shard < count; shard++)); do
    [[ -e $(shard_file "$shard") ]] || echo "$shard"
  done
}

# Nothing but shards in the folder of shards: no half-written file under a final or hidden name.
expect_no_leftovers() {
  local left
  [[ -d $sweep/shards ]] || return 0
  left=$(find "$sweep/shards" -type f ! -regex '.*/[0-9]+\.jsonl')
  [[ -z $left ]] || fail "left over: $left"
}

# MARK: Jobs

# submit [OPTION...]: what is missing; $jobs are the arrays, $submitted the shards, $merge_job the merge.
submit() {
  local output
  output=$(scorefield sweep submit "$sweep" "$@" 2>&1) || fail "submit: $(tail -n 2 <<<"$output")"
  echo "$output"
  read_jobs "$output"
}

read_jobs() {
  jobs=$(sed -n 's/^job \([0-9]*\): [0-9]* shards*$/\1/p' <<<"$1" | xargs)
  submitted=$(sed -n 's/^job [0-9]*: \([0-9]*\) shards*$/\1/p' <<<"$1" | awk '{sum += $1} END {print sum + 0}')
  merge_job=$(sed -n 's/^merge \([0-9]*\)$/\1/p' <<<"$1")
}

expect_submitted() { [[ $submitted == "$1" ]] || fail "submit submitted $submitted shards, expected $1"; }

# await [SECONDS]: until nothing of the last submit is queued or at work.
await() { within "${1:-100}" "jobs $jobs $merge_job are over" jobs_are_over $jobs $merge_job; }

jobs_are_over() {
  local output
  output=$(squeue -h -j "$(tr ' ' , <<<"$*")" -o %i 2>&1) ||
    [[ $output == *"Invalid job id"* ]] || return 1
  [[ -z $output || $output == *"Invalid job id"* ]]
}

# submit_and_await [SECONDS]
submit_and_await() {
  submit
  await "${1:-100}"
}

# How many elements of the last arrays ended in a state, such as FAILED.
ended() {
  local job count=0
  for job in $jobs; do
    count=$((count + $(grep "ArrayJobId=$job " "$RIG/log/jobs" | grep -c "JobState=$1 " || true)))
  done
  echo "$count"
}

expect_ended() { (($(ended "$1") >= ${2:-1})) || fail "no task ended as $1: $(tail -n 4 "$RIG/log/jobs")"; }

element_state() { squeue -h -r -j "$1" -o '%K %T' 2>/dev/null | sed -n "s/^$2 //p"; }
element_is() { [[ $(element_state "$1" "$2") == "$3" ]]; }

# Lets a requeued element begin now, not when Slurm thinks fit.
hasten() {
  within 60 "element $1_$2 is queued again" element_is "$1" "$2" PENDING
  scontrol update "jobid=$1_$2" StartTime=now
}

# MARK: Tasks at work

# The processes whose environment had an entry such as NAME=VALUE at their start.
started_with() { grep -lzx -e "$1" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 || true; }

# The processes of the program that work for a job: `workers JOB [NODE]`.
workers() {
  local - pid
  set +x
  for pid in $(started_with "SLURM_ARRAY_JOB_ID=$1"); do
    grep -qzx work "/proc/$pid/cmdline" 2>/dev/null || continue
    [[ $# == 1 ]] || grep -qzx "SLURMD_NODENAME=$2" "/proc/$pid/environ" 2>/dev/null || continue
    echo "$pid"
  done
}

some_worker() { [[ -n $(workers "$1") ]]; }

# The slurmstepd above a process, nothing if there is none.
step_daemon() {
  local - pid=$1
  set +x
  while [[ -n $pid && $pid -gt 1 ]]; do
    if [[ $(cat "/proc/$pid/comm" 2>/dev/null) == slurmstepd ]]; then
      echo "$pid"
      return
    fi
    pid=$(sed -n 's/^PPid:\t//p' "/proc/$pid/status" 2>/dev/null)
  done
}

# MARK: Faults in the workers

# hold [SHARD]: whoever is about to name this shard, or any file, waits. release: nobody does any more.
hold() { printf "${1:+%05d.jsonl}" ${1-} >"$RIG/faults/hold"; }
release() { rm -f "$RIG/faults/hold"; }
held() { ls "$RIG/faults/held" 2>/dev/null; }
holds() { (($(held | wc -l) >= $1)); }

# kill_at_name FILE: kills one task that is about to give a file this name.
kill_at_name() { echo "$1" >"$RIG/faults/kill.$1"; }
expect_killed() { [[ ! -e $RIG/faults/kill.$1 ]] || fail "no task was killed that was about to name $1"; }

# No fault from now on, and no mark of a worker that was killed while it waited.
clear_faults() { rm -f "$RIG"/faults/hold "$RIG"/faults/kill.* "$RIG"/faults/held/*; }

# Ends the case where this machine cannot do what it needs.
skip() {
  echo "$*" >"$RIG/skipped"
  exit 0
}
