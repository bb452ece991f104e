# shellcheck shell=sh
# Installs programs that only tests use, where this user may.
#
#   install_for_tests    Chromium, without which the browser tests fail; HAProxy, without which its test is passed over

install_for_tests() {
    install_wanted=''
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
        install_wanted="$install_wanted chromium"
    [ -x /usr/sbin/haproxy ] || command -v haproxy >/dev/null || install_wanted="$install_wanted haproxy"
    [ -n "$install_wanted" ] || return 0
    install_as=''
    [ "$(id -u)" = 0 ] || install_as='sudo -n'
    if command -v apt-get >/dev/null && { [ -z "$install_as" ] || sudo -n true 2>/dev/null; }; then
        echo "Installing for the tests:$install_wanted"
        # shellcheck disable=SC2086  # words are meant
        $install_as apt-get update -qq &&
            $install_as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $install_wanted >/dev/null &&
            return 0
    fi
    echo "The tests use$install_wanted, which cannot be installed from here. Install it by hand." >&2
    case $install_wanted in *chromium*) exit 1 ;; esac
}
