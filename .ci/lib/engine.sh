# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Docker Engines as processes, next to each other and to one that the machine may have: each has its own socket, port,
# data and bridge, and takes docker.io from the local registry. Nothing is installed. The ports of some ask for TLS.

engines() { printf '%s\n' 28 28-containerd 20.10; }

engine_folder() { echo "$run/engine-$1"; }
engine_root() { echo "$cache/engine/$1"; }
engine_packages() { echo "$cache/packages/docker-${1%-containerd}"; }
engine_socket() { echo "$(engine_folder "$1")/docker.sock"; }

# The suite of Debian that has an engine of that version.
engine_suite() {
  case $1 in
    28*) echo testing ;;
    20.10) echo bookworm ;;
  esac
}

engine_asks_for_tls() { [[ $1 == 28-containerd ]]; }
engine_certificates() { echo "$(engine_folder "$1")/certificates"; }

ensure_engine() {
  local name=$1 packages folder init=tini-static
  packages=$(engine_packages "$name")
  folder=${packages##*/}
  if [[ $name == 20.10 ]]; then init=tini; fi
  # Not runc: the one of testing needs a newer libc than Debian 12 has.
  ensure_unpacked "$folder" "$(engine_suite "$name")" docker.io containerd "$init"
  [[ $("$packages/usr/sbin/dockerd" --version) == *" ${name%-containerd}."* ]] && return 0
  rm -rf "$packages"
  fail "get Docker Engine ${name%-containerd}" "Debian $(engine_suite "$name") has another version by now" \
    "change engine_suite in ${BASH_SOURCE[0]}"
}

engine_config() {
  local name=$1 folder port=$2
  folder=$(engine_folder "$name")
  cat <<JSON
{
  "hosts": ["unix://$(engine_socket "$name")", "tcp://127.0.0.1:$port"],
  "data-root": "$(engine_root "$name")",
  "exec-root": "$folder/exec",
  "pidfile": "$folder/docker.pid",$(engine_asks_for_tls "$name" && engine_tls_config "$(engine_certificates "$name")/server")
  "bridge": "$(bridge_of "$name")",
  "iptables": false,
  "ip6tables": false,
  "ip-forward": false,
  "shutdown-timeout": 5,
  "features": {"containerd-snapshotter": $([[ $name == *-containerd ]] && echo true || echo false)},
  "registry-mirrors": ["http://$(registry_address)"],
  "insecure-registries": ["127.0.0.0/8"]
}
JSON
}

engine_tls_config() {
  printf '\n  "tlsverify": true, "tlscacert": "%s/ca.pem", "tlscert": "%s/cert.pem", "tlskey": "%s/key.pem",' "$1" "$1" "$1"
}

engine_number() { engines | grep -nxF "$1" | cut -d: -f1; }

# Without a bridge of its own an engine would use, or even delete, docker0. A name may have 15 characters.
bridge_of() { printf 'bk%x-%s\n' "$key" "$(engine_number "$1")"; }

ensure_bridge() {
  local name=$1 bridge
  bridge=$(bridge_of "$name")
  if ip link show "$bridge" >/dev/null 2>&1; then return 0; fi
  ip link add name "$bridge" type bridge
  ip address add "10.$((key % 64 + 160)).$(engine_number "$name").1/24" dev "$bridge"
  ip link set "$bridge" up
}

# engine_answers NAME PORT. The client of Docker may be missing, and this needs none.
engine_answers() {
  local ping=ping_plain
  if engine_asks_for_tls "$1"; then ping=ping_tls; fi
  [[ $(printf 'GET /_ping HTTP/1.0\r\n\r\n' | "$ping" "$2" "$(engine_certificates "$1")/client" | head -n 1) == *" 200 "* ]]
} 2>/dev/null

ping_plain() {
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  cat >&3
  timeout 30 cat <&3
}

ping_tls() {
  timeout 30 openssl s_client -quiet -connect "127.0.0.1:$1" -CAfile "$2/ca.pem" -cert "$2/cert.pem" -key "$2/key.pem"
}

engine_up() {
  local name=$1 folder port config
  folder=$(engine_folder "$name")
  ensure_engine "$name"
  push_daemon_images
  mkdir -p "$folder" "$(engine_root "$name")"
  if engine_asks_for_tls "$name"; then ensure_certificates "$(engine_certificates "$name")"; fi
  port=$(cat "$folder/port" 2>/dev/null || true)
  config=$(engine_config "$name" "$port")
  if alive "$folder" && [[ $config == "$(cat "$folder/daemon.json")" ]] && engine_answers "$name" "$port"; then return 0; fi
  if alive "$folder"; then say "replacing process $(pid_of "$folder"), which has another configuration or does not answer"; fi
  engine_stop "$name"
  ensure_bridge "$name"
  start_engine "$name"
  say "started Docker Engine $name, process $(pid_of "$folder"), log $folder/log"
}

# engine_facts NAME [SUFFIX]
engine_facts() {
  echo "DOCKER_HOST${2:-}=unix://$(engine_socket "$1")"
  echo "DOCKER_TCP${2:-}=tcp://127.0.0.1:$(cat "$(engine_folder "$1")/port")"
  if engine_asks_for_tls "$1"; then echo "DOCKER_CERT_PATH${2:-}=$(engine_certificates "$1")/client"; fi
}

start_engine() {
  local name=$1 folder packages port
  folder=$(engine_folder "$name")
  packages=$(engine_packages "$name")
  port=$(choose_port "$folder")
  engine_config "$name" "$port" >"$folder/daemon.json"
  PATH=$packages/usr/sbin:$packages/usr/bin:$PATH start "$folder" dockerd --config-file "$folder/daemon.json"
  wait_for "$folder" "Docker Engine $name" engine_answers "$name" "$port"
}

# Ends the engine and what it leaves when it was killed: containers, containerd and its shims, mounts; and the bridge.
engine_stop() {
  local name=$1 folder bridge
  folder=$(engine_folder "$name")
  [[ -d $folder ]] || return 0
  stop "$folder"
  delete_containers "$folder/exec/runtime-runc/moby"
  end_containerd "$folder/exec/"
  clean_root "$(engine_root "$name")"
  clean_root "$folder/exec"
  rm -rf --one-file-system "$folder"/{exec,docker.pid,docker.sock}
  bridge=$(bridge_of "$name")
  if ip link show "$bridge" >/dev/null 2>&1; then ip link delete "$bridge"; fi
}

# delete_containers FOLDER: those whose state runc keeps there.
delete_containers() {
  local id
  { runc --root "$1" list --quiet 2>/dev/null || true; } | while read -r id; do
    runc --root "$1" delete --force "$id" || true
  done
}

# end_containerd FOLDER: containerd and its shims, told from others by the folder in their command lines.
end_containerd() {
  local process words
  for process in /proc/[0-9]*; do
    { words=$(tr '\0' ' ' <"$process/cmdline"); } 2>/dev/null || continue
    if [[ ${words%% *} == *containerd* && $words == *" $1"* ]]; then kill -s KILL "${process##*/}" || true; fi
  done
}
