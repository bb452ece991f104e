# shellcheck shell=sh
# Finds a JDK. Sourced by the scripts beside this folder; needs no tool but a POSIX shell, dirname and readlink.
#
#   require_jdk    exports JAVA_HOME: a JDK of at least $jdk_least. Without one it says what was looked at, and exits 1.

jdk_least=25

# One folder a line that may be a JDK, the wished one first.
jdk_folders() {
    [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
    jdk_on_path
    for jdk_folder in \
        /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/jdk* /usr/local/openjdk* \
        /opt/java* /opt/java/* /opt/jdk* /opt/jdk/* /opt/openjdk* \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.jdks/*/Contents/Home \
        "${HOME:-}"/.asdf/installs/java/* "${HOME:-}"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
        [ ! -d "$jdk_folder" ] || printf '%s\n' "$jdk_folder"
    done
}

# The folder of the javac or java that PATH names, through all links.
jdk_on_path() {
    jdk_program=$(command -v javac || command -v java) || return 0
    while [ -L "$jdk_program" ]; do
        jdk_link=$(readlink "$jdk_program")
        case $jdk_link in
            /*) jdk_program=$jdk_link ;;
            *) jdk_program=$(dirname "$jdk_program")/$jdk_link ;;
        esac
    done
    (CDPATH='' cd -- "$(dirname "$jdk_program")/.." 2>/dev/null && pwd -P) || true
}

# The version a folder's "release" file states, such as 25.0.3; nothing when there is none. Asking the program itself
# takes longer, and the stand-in for java on macOS would open a window.
jdk_version() {
    [ -r "$1/release" ] || return 0
    while IFS='=' read -r jdk_key jdk_value; do
        if [ "$jdk_key" = JAVA_VERSION ]; then
            jdk_value=${jdk_value#\"}
            printf '%s\n' "${jdk_value%%\"*}"
            return 0
        fi
    done <"$1/release"
}

# 25 of 25.0.3 or 25-ea; 8 of 1.8.0_402; 0 of anything else.
jdk_major() {
    jdk_number=${1#1.}
    jdk_number=${jdk_number%%[!0-9]*}
    printf '%s\n' "${jdk_number:-0}"
}

jdk_fits() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ "$(jdk_major "$(jdk_version "$1")")" -ge "$jdk_least" ]
}

# JAVA_HOME and PATH are wishes; among the others the lowest that fits is nearest to the one Gatehouse is tested with.
jdk_find() {
    jdk_best='' jdk_best_major=0
    jdk_wished="${JAVA_HOME:-}
$(jdk_on_path)"
    while IFS= read -r jdk_folder; do
        jdk_fits "$jdk_folder" || continue
        case "
$jdk_wished
" in *"
$jdk_folder
"*)
            printf '%s\n' "$jdk_folder"
            return 0
            ;;
        esac
        jdk_this=$(jdk_major "$(jdk_version "$jdk_folder")")
        if [ -z "$jdk_best" ] || [ "$jdk_this" -lt "$jdk_best_major" ]; then
            jdk_best=$jdk_folder jdk_best_major=$jdk_this
        fi
    done <<END
$(jdk_folders)
END
    [ -z "$jdk_best" ] || printf '%s\n' "$jdk_best"
}

jdk_missing() {
    echo "Gatehouse needs a JDK $jdk_least or newer, and none was found."
    echo
    echo "Looked at JAVA_HOME${JAVA_HOME:+ ($JAVA_HOME)}, java on PATH, /usr/lib/jvm, /usr/java, /usr/local, /opt, ~/.sdkman, ~/.jdks, asdf, mise,"
    echo "Homebrew and /Library/Java/JavaVirtualMachines. Found there:"
    jdk_seen='
'
    while IFS= read -r jdk_folder; do
        jdk_real=$(CDPATH='' cd -- "$jdk_folder" 2>/dev/null && pwd -P) || jdk_real=$jdk_folder
        case $jdk_seen in *"
$jdk_real
"*) continue ;; esac
        jdk_seen="$jdk_seen$jdk_real
"
        jdk_this=$(jdk_version "$jdk_folder")
        if [ -n "$jdk_this" ] && [ ! -x "$jdk_folder/bin/javac" ]; then
            echo "  $jdk_this without a compiler (a JRE, not a JDK)  $jdk_folder"
        elif [ -n "$jdk_this" ]; then
            echo "  $jdk_this  $jdk_folder"
        elif [ "$jdk_folder" = "${JAVA_HOME:-}" ]; then
            echo "  no JDK  $jdk_folder (JAVA_HOME)"
        fi
    done <<END
$(jdk_folders)
END
    [ "$jdk_seen" != '
' ] || echo "  nothing"
    echo
    echo "Install one, for example"
    echo "  Debian, Ubuntu  apt install openjdk-$jdk_least-jdk   (or temurin-$jdk_least-jdk from https://adoptium.net/installation/linux)"
    echo "  Fedora          dnf install java-$jdk_least-openjdk-devel"
    echo "  macOS           brew install openjdk@$jdk_least"
    echo "  anywhere        https://adoptium.net/temurin/releases/?version=$jdk_least"
    echo "or set JAVA_HOME to the folder of the JDK you have."
}

require_jdk() {
    jdk_chosen=$(jdk_find)
    if [ -z "$jdk_chosen" ]; then
        jdk_missing >&2
        exit 1
    fi
    JAVA_HOME=$jdk_chosen
    export JAVA_HOME
}
