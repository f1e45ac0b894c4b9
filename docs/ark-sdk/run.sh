#!/bin/sh
# Runs the official Ark SDK against the simulated Seedance and prints what one create came to.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
port=${1:-8399}

"$here/../../seedance" simulate --port "$port" >/dev/null &
simulator=$!
trap 'kill "$simulator"' EXIT
until curl -sf "http://127.0.0.1:$port/simulator/books" >/dev/null; do
  kill -0 "$simulator"
  sleep 0.2
done

"$here/../../mvnw" -q -B -f "$here/pom.xml" compile exec:java -Dexec.args="http://127.0.0.1:$port"
