#!/usr/bin/env bash
# slurm_cluster.sh FOLDER: a Slurm cluster of two nodes, n1 and n2, on the loopback of this machine.
# Everything it needs and makes is in FOLDER: nothing of the system's own Slurm or munge is used, and
# no system service is started. Prints "ready" when both nodes are idle; ends, with all its
# processes, on TERM or when the file FOLDER/stop appears. A node that dies can be seen in
# FOLDER/n1.pid and FOLDER/n2.pid.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
export SLURM_CONF=$folder/slurm.conf
PATH=$PATH:/usr/sbin:/sbin
mkdir -p "$folder"/{state,munge,spool-n1,spool-n2}
chmod 0700 "$folder"/munge

pids=()
# A step's daemon leaves the group of its node: it is known by the configuration that it was given.
steps() {
    local environment
    for environment in /proc/[0-9]*/environ; do
        if tr '\0' '\n' <"$environment" 2>/dev/null | grep -qxF "SLURM_CONF=$SLURM_CONF"; then
            environment=${environment%/environ}
            echo "${environment#/proc/}"
        fi
    done
}
clean_up() {
    trap - EXIT TERM INT
    scancel --quiet --state=RUNNING,PENDING --user="$(id -un)" 2>/dev/null || true
    kill "${pids[@]}" 2>/dev/null || true
    sleep 0.5
    local pid
    for pid in $(steps) "${pids[@]}"; do
        [ "$pid" = $$ ] || [ "$pid" = "$BASHPID" ] || kill -9 "$pid" 2>/dev/null || true
    done
}
trap clean_up EXIT
trap 'exit 0' TERM INT

stop() { echo "slurm_cluster.sh: $*" >&2; exit 3; }

read -r control_port n1_port n2_port < <(python3 - <<'PYTHON'
import socket
sockets = [socket.socket() for _ in range(3)]
for one in sockets:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in sockets))
PYTHON
)

cat >"$SLURM_CONF" <<CONF
ClusterName=onsite
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$control_port
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
CredType=cred/munge
# How long a task that is started again has to wait: 2 minutes unless it is said.
AuthInfo=socket=$folder/munge/socket,cred_expire=5
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/%n.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0,sched_interval=2,bf_interval=2
ReturnToService=2
SlurmdTimeout=6
KillWait=2
SlurmdParameters=config_overrides
NodeName=n1 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$n1_port CPUs=2
NodeName=n2 NodeHostname=$(hostname -s) NodeAddr=127.0.0.1 Port=$n2_port CPUs=2
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
CONF

(umask 077 && head -c 1024 /dev/urandom >"$folder/munge/key")
munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
    --pid-file="$folder/munge/pid" --log-file="$folder/munge/log" \
    --seed-file="$folder/munge/seed" --num-threads=2 >/dev/null 2>"$folder/munge/errors" &
pids+=($!)
for _ in $(seq 100); do [ -S "$folder/munge/socket" ] && break; sleep 0.1; done
[ -S "$folder/munge/socket" ] || stop "munged has no socket: $(cat "$folder/munge/errors")"

slurmctld -D >"$folder/slurmctld.out" 2>&1 &
pids+=($!)
for node in n1 n2; do
    slurmd -D -N "$node" >"$folder/$node.out" 2>&1 &
    pids+=($!)
    echo $! >"$folder/$node.daemon"
done

for attempt in $(seq 300); do
    [ "$(sinfo --noheader --states=idle --Node --format=%N 2>/dev/null | wc -l)" = 2 ] && break
    [ "$attempt" != 300 ] || stop "the nodes do not answer; see $folder/slurmctld.log"
    sleep 0.1
done
echo ready
while [ ! -e "$folder/stop" ]; do
    sleep 0.2
done
