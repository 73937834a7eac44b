#!/bin/sh
# Opens a report and a comparison in headless chromium, 1280 and 390 pixels wide: no message of the console, nothing wider
# than the page, every picture and its texts visible (WCAG AA contrast). Leaves screenshots beside the pages.
# SPDX-License-Identifier: BSD-3-Clause
# Usage: browser.sh EXTURBO PROBLEM.json FOLDER [BUDGET]
set -eu
exturbo=$1 problem=$2 folder=$3 budget=${4:-40}
here=$(cd "$(dirname "$0")" && pwd)

chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$chromium" ]; then
  echo "SKIP: no chromium on the PATH"
  exit 77
fi
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT

browse() {
  timeout 60 "$chromium" --headless --disable-gpu --no-sandbox --no-first-run --hide-scrollbars --user-data-dir="$profile" \
    --allow-file-access-from-files --enable-logging=stderr "$@" 2>"$profile/messages"
}

rm -rf "$folder"
mkdir -p "$folder"
for seed in 1 2; do
  "$exturbo" size "$problem" --budget "$budget" --rng-seed $seed --out "$folder/run-$seed" --no-report --quiet >/dev/null || [ $? -eq 1 ]
done
"$exturbo" report "$folder/run-1" --quiet >/dev/null
"$exturbo" report "$folder/run-1" "$folder/run-2" >/dev/null

status=0
for page in report compare-run-2; do
  for width in 1280 390; do
    name=$page-$width
    sed -e "s/{{width}}/$width/g" -e "s/{{page}}/run-1\/$page.html/" "$here/frame.html" >"$folder/$name.html"
    browse --virtual-time-budget=5000 --window-size=1400,1000 --dump-dom "file://$folder/$name.html" >"$folder/$name.dom"
    verdict=$(sed -n 's/.*<p id="verdict">\([^<]*\)<\/p>.*/\1/p' "$folder/$name.dom")
    height=$(sed -n 's/.*<p id="height">\([0-9]*\)<\/p>.*/\1/p' "$folder/$name.dom")
    echo "$name: ${verdict:-no verdict}"
    case $verdict in
      fine*) ;;
      *) status=1 ;;
    esac
    if grep CONSOLE "$profile/messages"; then status=1; fi
    browse --window-size="$width,${height:-1000}" --screenshot="$folder/$name.png" "file://$folder/$name.html" >/dev/null
  done
done
exit $status
