# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# A registry on the loopback interface.

registry_answers() { (exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /v2/ HTTP/1.0\r\n\r\n' >&3 && read -r line <&3 && [[ $line == *200* ]]) }

start_registry() {
  local folder=$run/registry port
  mkdir -p "$folder"
  if alive "$folder" && registry_answers "$(cat "$folder/port")" 2>/dev/null; then return 0; fi
  stop "$folder"
  port=$(choose_port "$folder")
  mkdir -p "$cache/registry"
  cat >"$folder/config.yml" <<YAML
version: 0.1
log: {level: warn}
storage:
  filesystem: {rootdirectory: $cache/registry}
  delete: {enabled: true}
http: {addr: "127.0.0.1:$port"}
YAML
  start "$folder" "$(registry_command)" serve "$folder/config.yml"
  wait_for "$folder" "the registry" registry_answers "$port"
}

registry_address() { echo "127.0.0.1:$(cat "$run/registry/port")"; }
