# SPDX-License-Identifier: Apache-2.0
#
# What the scripts of the examples share; for `source`. They set root, the folder of the checkout.

classes=$root/examples/target/classes
dependencies=$root/examples/target/dependencies

# What was attempted, what is wrong, what to do about it.
fail() {
  printf 'examples: could not %s\n  why: %s\n  try: %s\n' "$1" "$2" "$3" >&2
  exit 1
}

say() { printf 'examples: %s\n' "$*" >&2; }

# need COMMAND PACKAGE
need() {
  command -v "$1" >/dev/null || fail "start" "there is no $1 on PATH" "apt-get install $2"
}

# Whether something was edited or deleted since the class path was written.
outdated() {
  local entry entries
  [[ -s $dependencies ]] || return 0
  IFS=: read -ra entries <"$dependencies"
  for entry in "${entries[@]}"; do
    [[ -e $entry ]] || return 0
  done
  [[ $(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$dependencies" -print -quit) ]]
}

compile() {
  local start version
  outdated || return 0
  need mvn maven
  version=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/.*java\.specification\.version = //p')
  ((${version%%.*} >= 17)) || fail "compile" "java on PATH is version $version" "put version 17 or later on PATH"
  say "compiling; the first time Maven downloads what it needs"
  start=$(mktemp)
  (cd "$root" && mvn --quiet --batch-mode -Dstyle.color=never --no-transfer-progress --projects examples --also-make process-classes \
    -Denforcer.skip -Dcheckstyle.skip -Dspotless.check.skip) >&2 ||
    fail "compile the examples" "Maven failed, see above" "correct that, or remove all target folders"
  touch -r "$start" "$dependencies" # what was edited meanwhile is newer
  rm "$start"
}
