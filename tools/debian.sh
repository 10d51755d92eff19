#!/bin/sh
# Makes sure of one Debian program for the tests: installs it as root, else says what to install.
set -e
case "$1" in
    chromium) program=/usr/bin/chromium; packages="chromium fonts-dejavu-core" ;;
    postgresql) program=$(ls -d /usr/lib/postgresql/*/bin/initdb 2>/dev/null | tail -n 1); packages="postgresql" ;;
    java) program=$(command -v java || true); packages="default-jre-headless" ;;
esac
[ -n "$program" ] && [ -x "$program" ] && exit 0
command -v "$1" >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends $packages >/dev/null
else
    echo "The tests need $1: run 'sudo apt-get install $packages'." >&2
    exit 1
fi
