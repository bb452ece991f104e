package dev.gatehouse.db.environment;

/** Every environment variable a Gatehouse program reads. Each may also be given as {@code <name>_FILE}: the path of a file that holds the value. */
public enum Variable {
    GATEHOUSE_DB_URL(
            "jdbc:postgresql://127.0.0.1:15432/postgres", "Where PostgreSQL is; several hosts separated by commas."),
    GATEHOUSE_DB_USER(
            "",
            "PostgreSQL user: a node needs the role gatehouse_node, the console gatehouse_console, migrate the owner of the schema."),
    GATEHOUSE_DB_PASSWORD("", "Password of that user."),
    GATEHOUSE_REDIS_URL(
            "redis://127.0.0.1:16379",
            "Where Redis (7.0 or later) or Valkey is; rediss:// for TLS. Several hosts, separated by commas, are nodes of one cluster, or its sentinels."),
    GATEHOUSE_REDIS_CLUSTER("false", "Whether one host of that URL is a node of a cluster: true or false."),
    GATEHOUSE_REDIS_SENTINEL_MASTER(
            "", "Name by which sentinels know Redis: the hosts of that URL are then sentinels; empty: they are none."),
    GATEHOUSE_REDIS_SENTINEL_PASSWORD("", "Password of the sentinels, where they ask for one."),
    GATEHOUSE_HTTP_PORT("8080", "Port on which a node takes requests, on all addresses."),
    GATEHOUSE_HTTPS_PORT(
            "",
            "Port on which a node takes TLS, on all addresses, with the certificates of the configuration; empty or 0: none."),
    GATEHOUSE_PUBLIC_HTTPS_PORT(
            "443", "Port of https as callers see it: where they are redirected to from plain http."),
    GATEHOUSE_ADMIN_PORT("9080", "Loopback port of a node's /live, /ready and /metrics."),
    GATEHOUSE_ADMIN_HOST(
            "127.0.0.1", "Address of that port; 0.0.0.0 where a load balancer on another host asks for it."),
    GATEHOUSE_NODE_NAME("", "Name of a node, unique and the same after a restart; empty: the host name and the port."),
    GATEHOUSE_STATE_DIR(".local/node", "Folder in which a node keeps its last good configuration."),
    GATEHOUSE_KEY_PEPPER(
            "",
            "Secret with which API keys are hashed, at least 16 characters; or several such as 1:TEXT,2:TEXT, where the highest number hashes new keys and all are known. The same for console, command line and all nodes."),
    GATEHOUSE_SECRET_KEY(
            "",
            "Keys that encrypt stored private keys, such as 1:BASE64,2:BASE64 with 32 bytes each (openssl rand -base64 32), the same for console, command line and all nodes: the highest number seals, all open."),
    GATEHOUSE_TRUSTED_PROXIES(
            "",
            "Addresses and CIDR blocks, separated by commas, whose Forwarded and X-Forwarded-* fields are believed."),
    GATEHOUSE_PROXY_PROTOCOL(
            "false",
            "Whether each connection to a node begins with a PROXY header, version 1 or 2: true or false. With true only trusted proxies may connect."),
    GATEHOUSE_FETCH_ALLOW(
            "",
            "Addresses and CIDR blocks, separated by commas, from which a node fetches keys of issuers although they are loopback, link-local or for machines only."),
    GATEHOUSE_POLL_INTERVAL(
            "1s", "How often a node asks for a new configuration, give or take 20 %; from 100ms to 1m."),
    GATEHOUSE_DRAIN_DELAY(
            "2s",
            "How long a node that was told to stop says it is not ready but goes on serving, so that load balancers notice; from 0s to 5m."),
    GATEHOUSE_OVERLOAD_DELAY(
            "50ms",
            "A node whose requests wait for a thread at least this long, one after the other for 300 ms, is overloaded and refuses some; from 0s to 10s, 0s: none ever."),
    GATEHOUSE_ACCESS_LOG(
            "",
            "File to which a node appends a line of JSON for each request, with each time that a service was asked for it; - for standard output; empty: none."),
    OTEL_EXPORTER_OTLP_ENDPOINT(
            "",
            "URL of an OpenTelemetry collector to which a node sends spans, OTLP over HTTP with /v1/traces added, such as http://127.0.0.1:4318; empty: none."),
    OTEL_EXPORTER_OTLP_HEADERS(
            "",
            "Headers of what is sent there, such as Authorization=Bearer%20TEXT,X-Scope=TEXT, values percent-encoded."),
    OTEL_SERVICE_NAME("gatehouse", "As spans call the gateway."),
    OTEL_TRACES_SAMPLER_ARG(
            "1",
            "Share of the traces that begin at a node of which spans are sent, from 0 to 1; whether others are, their callers have decided."),
    GATEHOUSE_CONSOLE_HOST("127.0.0.1", "Address on which the console listens."),
    GATEHOUSE_CONSOLE_PORT("8090", "Port on which the console listens."),
    GATEHOUSE_GATEWAY_URL(
            "http://127.0.0.1:8080", "Where callers reach the gateway: shown by the console in ready-made curl lines.");

    private final String fallback;
    private final String help;

    Variable(String fallback, String help) {
        this.fallback = fallback;
        this.help = help;
    }

    /** What holds when the variable is not set; may be empty. */
    public String fallback() {
        return fallback;
    }

    public String help() {
        return help;
    }
}
