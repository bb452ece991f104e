# shellcheck shell=sh
# Builds the programs. Sourced by the scripts beside this folder, after jdk.sh.
#
#   build_programs ROOT [MODULE]    packages all modules, or one and those it needs, when a source changed since the
#                                   last time, and shows how far it is

# One line that differs when any source differs.
build_fingerprint() {
    (
        cd "$1"
        find pom.xml .mvn db gateway-node admin-console deploy \
            \( -name target -o -name node_modules -o -path admin-console/src/main/frontend -o -path '*/src/test' \) -prune -o \
            -type f \( -path '*/src/main/*' -o -name pom.xml -o -path '.mvn/*' \) -print |
            LC_ALL=C sort | xargs cksum | cksum
    )
}

build_programs() {
    build_kept=$1/.local
    if ! mkdir -p "$build_kept" 2>/dev/null || [ ! -w "$build_kept" ]; then
        echo "The folder $build_kept cannot be written; make it writable, or work in a copy that is yours." >&2
        exit 1
    fi
    build_module=${2:-deploy/local}
    build_mark=$build_kept/built${2:+-$(basename "$2")}
    build_now=$(build_fingerprint "$1")
    if [ "$(cat "$build_mark" 2>/dev/null)" = "$build_now" ] && [ -d "$1/$build_module/target/lib" ]; then
        return 0
    fi
    rm -f "$build_mark"
    echo "Building with $JAVA_HOME (the first time also downloads libraries)"
    build_run "$1" "$build_kept/build.log" ${2:+-pl "$2" -am}
    if [ "$(cat "$build_kept/build.status")" != 0 ]; then
        grep -E '^\[ERROR\]' "$build_kept/build.log" | head -n 30 >&2
        echo "The build failed; all of it: $build_kept/build.log" >&2
        exit 1
    fi
    rm -f "$build_kept/build.status"
    echo "$build_now" >"$build_mark"
}

# Without what only judges the sources: that is what deploy/test is for.
build_run() {
    build_root=$1 build_log=$2
    shift 2
    : >"$build_log"
    {
        build_status=0
        "$build_root/mvnw" -B -ntp -f "$build_root/pom.xml" package "$@" \
            -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcyclonedx.skip=true || build_status=$?
        echo "$build_status" >"$(dirname "$build_log")/build.status"
    } 2>&1 | while IFS= read -r build_line; do
        printf '%s\n' "$build_line" >>"$build_log"
        case $build_line in
            *"Building Gatehouse "*"["*) echo "  ${build_line#*Building }" ;;
        esac
    done
}
