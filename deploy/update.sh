#!/bin/sh
# Keeps a published site up to date with a git repository of Linux.
#
#   update.sh fetch    gets the tags that are new; the only step that needs the network
#   update.sh build    reads them, builds the site, and swaps it in
#   update.sh          both
#
# Settings, from the environment:
#   LINUX      the repository to fetch from
#   STATE      where everything is kept; the site is STATE/site, a symbolic link
#   BASE       the path that the site lives under (/kfuncs/)
#   SITE       its address (https://example.org), for canonical links and the site map
#   RELEASES   which ones to read ('v6.*'); all when empty
set -eu
umask 022

linux=${LINUX:-https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git}
state=${STATE:-${STATE_DIRECTORY:-/var/lib/kfunc-atlas}}
app=$(cd "$(dirname "$0")/.." && pwd)
PATH=$app/node_modules/.bin:$PATH
export HOME="$state" XDG_CACHE_HOME="$state/cache"

atlas() { node "$app/scripts/kfunc-atlas.mjs" "$@"; }

fetch() {
    git init --quiet --bare "$state/linux.git"
    git -C "$state/linux.git" fetch --quiet --no-tags --no-write-fetch-head \
        "$linux" '+refs/tags/v*:refs/tags/v*'
}

build() {
    atlas extract --linux "$state/linux.git" --out "$state/data" ${RELEASES:+--releases "$RELEASES"}
    mkdir -p "$state/sites"
    new=$state/sites/$(date -u +%Y%m%dT%H%M%S)-$$
    atlas build --data "$state/data" --out "$new" --base "${BASE:-/}" ${SITE:+--site "$SITE"}

    old=$(readlink -f "$state/site" || true)
    # The same dataset gives the same site: pages that browsers have stay good. What is in _astro/ has
    # other names when it changes, and then the pages change too.
    if [ -d "$old" ] && diff -rq --exclude=_astro "$old" "$new" >/dev/null; then
        rm -r "$new"
        echo 'The site is the same as before.'
        return
    fi
    [ ! -d "$old" ] || keep_assets "$old/_astro" "$new/_astro"

    # rename(2) puts one link in the place of the other: there is no moment without a site.
    ln -sfn "sites/${new##*/}" "$state/site.new"
    mv -T "$state/site.new" "$state/site"

    # A reader may be between two requests: the old folder stays until the next time.
    for folder in "$state"/sites/*; do
        [ "$folder" = "$new" ] || [ "$folder" = "$old" ] || rm -r "$folder"
    done
}

# keep_assets OLD NEW: pages that readers have open go on finding their style sheets for a month.
keep_assets() {
    find "$1" -type f -mtime -30 | while read -r file; do
        [ -e "$2/${file##*/}" ] || cp -p "$file" "$2/"
    done
}

mkdir -p "$state"
exec 9>"$state/lock"
flock 9
case ${1-} in
fetch) fetch ;;
build) build ;;
'') fetch && build ;;
*) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
esac
