#!/bin/sh
# Compares the features of all instruction sets that this machine has, byte by byte: check.sh output/dist/edgedsp
# Whole sets of every block, then 40 random configurations a block. Needs NumPy and PyWavelets.
set -eu
tool=$(realpath "$1")
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ "$(uname -m)" != x86_64 ]; then
  "$tool" --version > /dev/null
  echo "There is one instruction set only: nothing to compare."
  exit 0
fi
levels=""
for level in v2 v3 v4; do
  if EDGEDSP_INSTRUCTION_SET=$level "$tool" --version > /dev/null 2>&1; then levels="$levels $level"; fi
done
for level in $levels; do
  for impulse in motion every-block; do
    EDGEDSP_INSTRUCTION_SET=$level "$tool" generate Fixtures/dataset --impulse Fixtures/impulses/$impulse.json \
      --category all --output "$folder/$level/$impulse" --quiet
  done
  EDGEDSP_INSTRUCTION_SET=$level "${PYTHON:-python3}" Fixtures/parity/compare.py "$tool" --draws 40 --seed 5 \
    > "$folder/$level/draws.txt"
done
[ -n "$levels" ] || { echo "$tool runs with no instruction set" >&2; exit 1; }
first=${levels# }
first=${first%% *}
for level in $levels; do
  diff -r "$folder/$first" "$folder/$level" || { echo "$level differs from $first" >&2; exit 1; }
done
echo "The same bytes from:$levels"
"$tool" --version > /dev/null
echo "Still linked at run time:"
for level in $levels; do ldd "${tool%/*}/../../.build/dist/bin/edgedsp-$level" 2> /dev/null; done |
  awk '/=>/ { print "  " $1 }' | sort -u
