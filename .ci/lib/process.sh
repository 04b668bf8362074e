# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Processes. Each has a folder below $run with: pid (process id, start time, boot), port, log and its configuration.

# Start time in clock ticks since boot; fails for a process that is gone or only waits to be reaped.
process_start() {
  local stat fields
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  read -ra fields <<<"${stat##*) }" # what comes before may contain spaces
  [[ ${fields[0]} != [ZX] ]] || return 1
  echo "${fields[19]}"
}

boot() { cat /proc/sys/kernel/random/boot_id; }

# A process id alone is not enough: after a reboot or a long time it may be someone else's.
alive() {
  local pid start booted
  [[ -s $1/pid ]] || return 1
  read -r pid start booted <"$1/pid"
  [[ $(process_start "$pid") == "$start" && $(boot) == "$booted" ]]
}

pid_of() { cut -d' ' -f1 "$1/pid"; }

# start FOLDER COMMAND...: runs it in the background, detached (setsid), with none of our files open and not in our
# directory, so that it outlives the caller and a checkout, and nobody who reads our output waits for it.
start() {
  local folder=$1 pid
  shift
  if [[ -e $folder/log ]]; then mv "$folder/log" "$folder/log.before"; fi
  (
    for fd in /proc/self/fd/*; do
      fd=${fd##*/}
      if ((fd > 2)); then exec {fd}>&-; fi
    done
    cd /
    exec setsid "$@" </dev/null >"$folder/log" 2>&1
  ) &
  pid=$!
  echo "$pid $(process_start "$pid" || echo 0) $(boot)" >"$folder/pid"
}

# stop FOLDER [SIGNAL]: ends the process and returns when it is gone.
stop() {
  local signal=${2:-TERM} tries
  if alive "$1"; then
    kill -s "$signal" "$(pid_of "$1")" || true
    for ((tries = 0; tries < 100; tries++)); do
      alive "$1" || break
      sleep 0.1
    done
    if alive "$1"; then kill -s KILL "$(pid_of "$1")" || true; fi
    for ((tries = 0; tries < 50; tries++)); do
      alive "$1" || break
      sleep 0.1
    done
  fi
  rm -f "$1/pid" "$1/buildkitd.sock"
}

# wait_for FOLDER WHAT COMMAND...: until the command succeeds, the process of that folder ends, or a minute is over.
wait_for() {
  local folder=$1 what=$2 why deadline=$((SECONDS + 60))
  shift 2
  until "$@" >/dev/null 2>&1; do
    why=
    alive "$folder" || why="it ended"
    if ((SECONDS > deadline)); then why="it did not answer for 60 seconds"; fi
    if [[ $why ]]; then
      { echo "--- the end of $folder/log"; tail -n 25 "$folder/log"; echo ---; } >&2
      stop "$folder" KILL
      fail "start $what" "$why" "read the log above"
    fi
    sleep 0.05
  done
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# The port of the last time where it is free, else any below the range that the kernel gives out by itself.
choose_port() {
  local port
  port=$(cat "$1/port" 2>/dev/null || echo $((20000 + RANDOM % 10000)))
  while port_is_taken "$port"; do port=$((20000 + RANDOM % 10000)); done
  echo "$port" | tee "$1/port"
}
