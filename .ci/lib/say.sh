# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# What is said to a person; all of it goes to standard error.

say() { printf 'daemons: %s\n' "$*" >&2; }

# What was attempted, what is wrong, what to do about it.
fail() {
  printf 'daemons: could not %s\n  why: %s\n  try: %s\n' "$1" "$2" "$3" >&2
  exit 1
}

wrong_usage() {
  printf 'daemons: %s\n\n' "$1" >&2
  usage >&2
  exit 2
}
