package dev.gatehouse.node.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class NginxSandwichTest extends Sandwich {

    NginxSandwichTest() {
        super("nginx");
    }

    /** A service's interim answers are passed on from 1.29 on; before that they are taken for the final one. */
    @Override
    boolean manages(Case one) {
        return !one.answer().startsWith("HTTP/1.1 1");
    }

    @Override
    List<String> configure(Path folder, Ports ports) throws IOException {
        var file = folder.resolve("nginx.conf");
        Files.writeString(file, """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr warn;
                events { worker_connections 256; }
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    ignore_invalid_headers off;
                    underscores_in_headers on;
                    large_client_header_buffers 8 64k;
                    client_max_body_size 0;
                    merge_slashes off;
                    proxy_http_version 1.1;
                    proxy_buffering off;
                    proxy_request_buffering off;
                    proxy_buffer_size 64k;
                    proxy_buffers 8 64k;
                    proxy_pass_header Date;
                    proxy_pass_header Server;
                    proxy_set_header Host $http_host;
                    proxy_set_header Connection "";
                    server { listen 127.0.0.1:%2$d; location / { proxy_pass http://127.0.0.1:%3$d; } }
                    server { listen 127.0.0.1:%4$d; location / { proxy_pass http://127.0.0.1:%5$d; } }
                    server { listen 127.0.0.1:%5$d; location / { proxy_pass http://127.0.0.1:%6$d; } }
                }
                """.formatted(
                        folder, ports.through(), ports.gateway(), ports.past(), ports.back(), ports.service()));
        return List.of("-e", "stderr", "-p", folder.toString(), "-c", file.toString());
    }
}
