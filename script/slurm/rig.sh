# A private Slurm of two nodes on one machine: sourced by script/test-slurm and its cases.
# Everything it has is under $RIG ($here is the folder of this file); it listens on 127.0.0.1 alone; every
# process is ended by its id.

slurm_packages=(slurmctld slurmd slurm-client munge parallel)
nodes=(n1 n2)
export SLURM_CONF=$RIG/slurm.conf

# A port of the loopback that nobody listens on, and the ones after it.
free_ports() {
  local first port
  for first in $(shuf -i 20000-30000 -n 50); do
    for port in $((first)) $((first + 1)) $((first + 2)); do
      (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && continue 2
    done
    echo "$first"
    return
  done
}

rig_configure() {
  local port=$1 user node
  user=$(id -un)
  # cred_expire: what is requeued waits so long. MinJobAge: finished jobs are forgotten at once, as no
  # sweep may need them. config_overrides: a node may claim more cores than there are. The scheduler looks
  # again soon, because the tasks are short.
  cat >"$SLURM_CONF" <<CONF
ClusterName=selftest
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$port
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
AuthType=auth/munge
AuthInfo=socket=$RIG/socket/munge,cred_expire=5
SlurmUser=$user
SlurmdUser=$user
StateSaveLocation=$RIG/state
SlurmdSpoolDir=$RIG/spool.%n
SlurmctldPidFile=$RIG/slurmctld.pid
SlurmdPidFile=$RIG/slurmd.%n.pid
SlurmctldLogFile=$RIG/log/slurmctld.log
SlurmdLogFile=$RIG/log/slurmd.%n.log
TaskProlog=$RIG/prolog
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SlurmdParameters=config_overrides
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
JobCompType=jobcomp/filetxt
JobCompLoc=$RIG/log/jobs
JobRequeue=1
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout=10
MessageTimeout=5
KillWait=2
MinJobAge=2
MaxArraySize=10001
MaxJobCount=20000
FirstJobId=1
SchedulerParameters=sched_min_interval=50000,batch_sched_delay=0,sched_interval=1,bf_interval=2
CONF
  for node in "${nodes[@]}"; do
    port=$((port + 1))
    echo "NodeName=$node NodeHostname=localhost NodeAddr=127.0.0.1 Port=$port CPUs=2 RealMemory=1000"
  done >>"$SLURM_CONF"
  echo "PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP" >>"$SLURM_CONF"
}

# Sets a value of the configuration, for a controller that is started afterwards.
rig_set() { sed -i "s|^$1=.*|$1=$2|" "$SLURM_CONF"; }

rig_up() {
  mkdir -p "$RIG"/{state,log,munge,socket,faults/held}
  chmod 755 "$RIG" "$RIG/socket"
  chmod 700 "$RIG/munge"
  rig_configure "$(free_ports)"
  cp "$SLURM_CONF" "$RIG/first.conf"
  # What a task's environment gets, whatever the submitter passed on.
  printf '#!/bin/sh\necho "export FAULTS=%s"\necho "export LD_PRELOAD=%s"\n' \
    "$RIG/faults" "$RIG/fault.so" >"$RIG/prolog"
  chmod 755 "$RIG/prolog"
  cc -shared -fPIC -O1 -o "$RIG/fault.so" "$here/fault.c" -ldl
  head -c 128 /dev/urandom >"$RIG/munge/key"
  chmod 400 "$RIG/munge/key"
  munged --key-file="$RIG/munge/key" --socket="$RIG/socket/munge" --pid-file="$RIG/munge/pid" \
    --log-file="$RIG/munge/log" --seed-file="$RIG/munge/seed" --num-threads=2
  slurmctld
  local node
  for node in "${nodes[@]}"; do node_start "$node"; done
  within 60 "all nodes are idle" nodes_are_idle
}

# As after rig_up: no job, the daemons alive, the nodes idle, the configuration as it was.
rig_reset() {
  local node
  if ! cmp -s "$SLURM_CONF" "$RIG/first.conf"; then
    cp "$RIG/first.conf" "$SLURM_CONF"
    controller_stop
  fi
  [[ -n $(controller_pid) ]] || slurmctld
  within 60 "the controller answers" controller_answers
  scancel -u "$(id -un)"
  kill_all KILL $(started_with "FAULTS=$RIG/faults")
  for node in "${nodes[@]}"; do
    [[ -n $(node_pid "$node") ]] || node_start "$node"
    sinfo -h -n "$node" -o %T | grep -q idle ||
      scontrol update "nodename=$node" state=resume 2>/dev/null || true
  done
  within 60 "all nodes are idle" nodes_are_idle
}

# Lets the controller save its state and end.
controller_stop() {
  kill_all TERM $(controller_pid)
  within 60 "the controller is down" controller_is_down
}

controller_is_down() { [[ -z $(controller_pid) ]]; }
controller_answers() { scontrol ping 2>/dev/null | grep -q 'is UP'; }
nodes_are_idle() { [[ $(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l) == "${#nodes[@]}" ]]; }

node_start() {
  mkdir -p "$RIG/spool.$1"
  slurmd -N "$1"
}

# The process of a pid file, if it is still the one meant.
daemon() {
  local pid
  pid=$(cat "$RIG/$1" 2>/dev/null) || return 0
  [[ $(cat "/proc/$pid/comm" 2>/dev/null) == "$2" ]] && echo "$pid" || true
}

node_pid() { daemon "slurmd.$1.pid" slurmd; }
controller_pid() { daemon slurmctld.pid slurmctld; }

# Everything that has this rig in the environment it was started with, apart from whoever asks.
rig_processes() {
  started_with "SLURM_CONF=$SLURM_CONF" | grep -vx -e "$$" -e "$BASHPID" || true
}

kill_all() { [[ $# == 0 ]] || kill "-$1" "${@:2}" 2>/dev/null || true; }

rig_down() {
  local node tries
  if [[ -n $(controller_pid) ]]; then timeout 10 scancel -u "$(id -un)" 2>/dev/null || true; fi
  kill_all TERM $(for node in "${nodes[@]}"; do node_pid "$node"; done) $(controller_pid)
  kill_all TERM $(daemon munge/pid munged)
  for tries in 1 2 3 4 5 6 7 8 9 10; do
    [[ -n $(rig_processes) ]] || break
    sleep 0.2
  done
  kill_all KILL $(rig_processes)
}
