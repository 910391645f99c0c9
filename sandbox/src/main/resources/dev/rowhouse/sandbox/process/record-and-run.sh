# usage: sh record-and-run.sh <record file> <end signal> <command> [argument ...]
# The child writes its own record and then becomes the command, keeping its pid and its start time. So there is no
# moment at which the sandbox can be killed and leave a child that nobody has recorded.
umask 077
record=$1
end=$2
shift 2
field22() { printf %s "${22}"; }
if [ -r /proc/$$/stat ] && read -r stat </proc/$$/stat && read -r boot </proc/sys/kernel/random/boot_id; then
    # shellcheck disable=SC2086 # split on purpose; the second field is "(sh)" here, without a space
    # Renamed into place: the sandbox waits for the file, and must not find it empty.
    printf 'pid=%s\nbirth=%s:%s\nend=%s\n' "$$" "$boot" "$(field22 $stat)" "$end" >"$record.new" || exit 1
    mv "$record.new" "$record" || exit 1
fi
# A session of its own: Ctrl-C in the terminal reaches the sandbox, which then ends its children in its own order.
if command -v setsid >/dev/null; then
    exec setsid "$@"
fi
exec "$@"
