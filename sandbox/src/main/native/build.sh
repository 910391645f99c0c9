#!/bin/sh
# usage: sh build.sh
# Builds the stub libraries for linux-amd64 into the module's resources. Each carries the digest of what it was built
# from, by which a test finds one that is older than its source.
set -eu
cd "$(dirname "$0")"
to=../resources/dev/rowhouse/sandbox/mysql/linux-amd64
mkdir -p "$to"
for library in libaio libnuma; do
    digest=$(cat "$library.c" "$library.map" | sha256sum | cut -d ' ' -f 1)
    gcc -m64 -Os -Wall -Wextra -Werror -fPIC -shared -nostdlib -s -DSOURCE="\"$digest\"" \
        -Wl,-soname,"$library.so.1" -Wl,--version-script,"$library.map" -Wl,--build-id=none -Wl,-z,noexecstack -Wl,-z,noseparate-code \
        -o "$to/$library.so.1" "$library.c"
    chmod 644 "$to/$library.so.1"
done
