# shellcheck shell=sh
# Installs programs that only tests and measurements use, where this user may.
#
#   install_for_tests    Chromium, without which the browser tests fail; HAProxy, nginx and wrk, without which theirs are passed over
#   install_for_bench    nginx with Lua, HAProxy, wrk, taskset and openssl

install_for_tests() {
    install_wanted=''
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
        install_wanted="$install_wanted chromium"
    for install_program in haproxy nginx wrk; do
        [ -x "/usr/sbin/$install_program" ] || command -v "$install_program" >/dev/null ||
            install_wanted="$install_wanted $install_program"
    done
    [ -n "$install_wanted" ] || return 0
    install_packages "Installing for the tests:" || {
        echo "The tests use$install_wanted, which cannot be installed from here. Install it by hand." >&2
        case $install_wanted in *chromium*) exit 1 ;; esac
    }
}

install_for_bench() {
    install_wanted=''
    for install_pair in nginx=nginx haproxy=haproxy wrk=wrk taskset=util-linux openssl=openssl; do
        install_program=${install_pair%%=*}
        [ -x "/usr/sbin/$install_program" ] || command -v "$install_program" >/dev/null ||
            install_wanted="$install_wanted ${install_pair#*=}"
    done
    [ -f /usr/lib/nginx/modules/ngx_http_lua_module.so ] || install_wanted="$install_wanted libnginx-mod-http-lua"
    [ -n "$install_wanted" ] || return 0
    install_packages "Installing to measure:" || {
        echo "Measuring takes$install_wanted, which cannot be installed from here. Install it by hand." >&2
        exit 1
    }
}

# What $install_wanted names, after saying $1; none of it is started as a service, nor enabled.
install_packages() {
    install_as=''
    [ "$(id -u)" = 0 ] || install_as='sudo -n'
    command -v apt-get >/dev/null || return 1
    [ -z "$install_as" ] || sudo -n true 2>/dev/null || return 1
    echo "$1$install_wanted"
    # the packages' own scripts ask policy-rc.d whether they may start a service; where there is none they may
    install_policy=/usr/sbin/policy-rc.d
    if [ -e "$install_policy" ]; then
        install_policy=''
    else
        printf '#!/bin/sh\nexit 101\n' | $install_as tee "$install_policy" >/dev/null
        $install_as chmod 755 "$install_policy"
    fi
    install_status=0
    # shellcheck disable=SC2086  # words are meant
    { $install_as apt-get update -qq &&
        $install_as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $install_wanted >/dev/null; } ||
        install_status=1
    [ -z "$install_policy" ] || $install_as rm -f "$install_policy"
    return "$install_status"
}
