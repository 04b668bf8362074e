# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Whether daemons are processes or containers.

# Sets mode. A daemon process that runs is used on, even when an engine has come up in the meantime.
choose_mode() {
  why_not_docker="no Docker Engine answers"
  mode=${BUILDKIT_JAVA_DAEMON:-}
  case $mode in
    docker)
      docker_answers || fail "use Docker" "docker info does not answer" "start the engine, or unset BUILDKIT_JAVA_DAEMON"
      docker_has_image || fail "use Docker" "the image moby/buildkit:$version cannot be pulled" "check the engine's network"
      ;;
    processes) why_not_docker="BUILDKIT_JAVA_DAEMON rules out Docker" ;;
    '')
      mode=processes
      if alive "$run/buildkitd"; then return 0; fi
      docker_answers || return 0
      if docker_has_image; then
        mode=docker
      else
        why_not_docker="Docker cannot pull moby/buildkit:$version"
        say "$why_not_docker, using processes instead"
      fi
      ;;
    *) wrong_usage "BUILDKIT_JAVA_DAEMON is '$mode', which is neither docker nor processes" ;;
  esac
}
