# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What comes from Debian packages.

# ensure_commands COMMAND...: installs the packages of those that are missing.
ensure_commands() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ensure_installed "${missing[@]}"
}

missing_packages() {
  local command
  for command in "$@"; do
    has "$command" || package_of "$command"
  done | sort -u
}

has() {
  case $1 in
    busybox) busybox ;;
    docker-registry) registry_command ;;
    *) command -v "$1" ;;
  esac >/dev/null
}

package_of() { awk -v command="$1" '$1 == command { print $2 }' "$here/commands"; }

ensure_installed() {
  (($#)) || return 0
  say "will install these Debian packages: $*"
  apt_options=()
  with_apt "install $*" install_packages "$@"
}

# The installed package would start a server of its own on all interfaces.
ensure_registry() { has docker-registry || ensure_unpacked docker-registry '' docker-registry; }

# A server that a test starts on the loopback interface. Installed, it would start one by itself.
ensure_sshd() {
  command -v sshd >/dev/null || ensure_unpacked openssh-server '' openssh-server
  id sshd >/dev/null 2>&1 && return 0
  say "will add the system user sshd, which sshd requires"
  useradd --system --no-create-home --home-dir /run/sshd --shell /usr/sbin/nologin sshd
}

sshd_command() {
  local unpacked=$cache/packages/openssh-server/usr/sbin/sshd
  if [[ -x $unpacked ]]; then echo "$unpacked"; else command -v sshd; fi
}

# ensure_unpacked FOLDER SUITE PACKAGE...: the packages' files below $cache/packages, nothing installed. SUITE may be
# another one than the system's, whose own sources stay as they are; '' stands for the system's.
ensure_unpacked() {
  local name=$1 suite=$2 folder=$cache/packages/$1
  shift 2
  if [[ ! -d $folder ]]; then
    say "will unpack these Debian packages below $cache (not install them): $*${suite:+ of $suite}"
    choose_suite "$suite"
    with_apt "unpack $*" unpack "$name" "$@"
  fi
  if lacks_libraries "$folder" && is_suite_of_system "$suite"; then ensure_libraries "$@"; fi
  ! lacks_libraries "$folder" ||
    fail "use the programs in $folder" "they need libraries that this machine lacks: $(lacking_libraries "$folder" | xargs)" \
      "install those, or start Docker"
}

# ensure_libraries PACKAGE...: installs the libraries that these packages depend on. Nothing else of what they depend on
# is installed, since that could be a server.
ensure_libraries() {
  local libraries
  apt_options=()
  with_apt "look up what $* depend on" simulate_install "$@"
  mapfile -t libraries < <(awk '$1 == "Inst" && $2 ~ /^lib/ && $3 !~ /^\[/ { print $2 }' "$run/simulated")
  ensure_installed "${libraries[@]}"
}

simulate_install() { apt-get install --simulate --no-install-recommends "$@" >"$run/simulated"; }

# lacking_libraries FOLDER: those that no file on this machine provides to the programs in FOLDER.
lacking_libraries() {
  { find "$1"/usr/*bin -type f -exec env LC_ALL=C ldd {} + 2>/dev/null || true; } |
    awk '/=> not found/ { print $1 }' | sort -u
}

lacks_libraries() { [[ $(lacking_libraries "$1") ]]; }

# is_suite_of_system SUITE: '' stands for it too.
is_suite_of_system() { [[ ! $1 || $1 == "$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release 2>/dev/null)" ]]; }

# Sets apt_options, so that apt-get reads lists of our own, of the mirror that the system uses.
choose_suite() {
  local suite=$1 folder=$cache/apt/$1 mirror
  # As root, apt-get would hand the download to a user who may not write here.
  apt_options=(-o APT::Sandbox::User=root)
  [[ $suite ]] || return 0
  mirror=$(debian_mirror)
  [[ $mirror ]] || fail "find Debian $suite" "the system's package sources are not Debian's" "use Debian, or another daemon"
  mkdir -p "$folder"/{lists,cache/archives}/partial
  echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$folder/sources.list"
  apt_options+=(
    -o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::Lists=$folder/lists" -o "Dir::Cache=$folder/cache"
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
  )
}

debian_mirror() {
  apt-get indextargets --format '$(ORIGIN) $(LABEL) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk '$1 == "Debian" && $2 == "Debian" && !uri { uri = $3 } END { print uri }'
}

# need_apt WHAT WHY
need_apt() {
  command -v apt-get >/dev/null ||
    fail "$1" "$2there is no apt-get to install Debian's packages with" "use Debian, start Docker, or set BUILDKIT_HOST"
}

# Runs the command; where it fails, once more with fresh package lists: there may be none yet, or stale ones.
with_apt() {
  local what=$1
  shift
  need_apt "$what" ''
  "$@" >>"$run/apt.log" 2>&1 && return 0
  say "refreshing the package lists"
  { apt-get "${apt_options[@]}" update && "$@"; } >>"$run/apt.log" 2>&1 && return 0
  tail -n 15 "$run/apt.log" >&2
  fail "$what" "apt-get failed, see above" "check that apt-get update works, or start Docker"
}

# In a session of its own: an interrupt must not leave a package half installed.
install_packages() {
  DEBIAN_FRONTEND=noninteractive setsid --wait apt-get install -y --no-install-recommends "$@" </dev/null
}

unpack() (
  name=$1 folder=$cache/packages
  shift
  mkdir -p "$folder" && partial=$(mktemp -d "$folder/partial.XXXXXX") || exit
  trap 'rm -rf "$partial"' EXIT
  cd "$partial" && apt-get "${apt_options[@]}" download "$@" || exit
  for package in *.deb; do
    dpkg-deb -x "$package" unpacked || exit
  done
  rm -rf "${folder:?}/$name" && mv unpacked "$folder/$name"
)

registry_command() {
  local unpacked=$cache/packages/docker-registry/usr/bin/docker-registry
  if [[ -x $unpacked ]]; then echo "$unpacked"; else command -v docker-registry; fi
}

# The path of a busybox that needs no libraries.
busybox() {
  local file
  for file in /bin/busybox /usr/bin/busybox; do
    if [[ -x $file ]] && ! LC_ALL=C ldd "$file" >/dev/null 2>&1; then
      echo "$file"
      return 0
    fi
  done
  return 1
}
