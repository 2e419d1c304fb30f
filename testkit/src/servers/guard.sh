# Guards the process of a server. $1: its folder; $2: the signal that ends it for good; then the command that starts it.
folder=$1 last=$2 pid=
shift 2
# Traps without an effect are the default again in the server. PIPE: the owner may be gone when it is answered.
trap : HUP INT TERM PIPE

# Not waited for, a process keeps its number: no other one is ever hit.
end() {
    [ -n "$pid" ] || return 0
    children=
    [ "$1" != KILL ] || children=$(cat "/proc/$pid/task/$pid/children" 2>/dev/null)
    kill -s "$1" $pid $children
    kill -s CONT $pid
    while :; do
        wait $pid
        # A trap ends the waiting, too.
        [ $? -gt 128 ] && kill -0 $pid || break
    done
    pid=
}

while read -r word; do
    case $word in
    start)
        "$@" >>"$folder/log" 2>&1 </dev/null &
        pid=$!
        ;;
    *) end "$word" ;;
    esac
    echo "$pid"
done
end "$last"
umount -l "$folder/data"
rm -rf "$folder"
