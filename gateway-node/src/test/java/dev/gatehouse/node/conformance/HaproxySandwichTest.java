package dev.gatehouse.node.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class HaproxySandwichTest extends Sandwich {

    HaproxySandwichTest() {
        super("haproxy");
    }

    @Override
    List<String> configure(Path folder, Ports ports) throws IOException {
        var file = folder.resolve("haproxy.cfg");
        Files.writeString(file, """
                global
                    maxconn 100
                    tune.bufsize 65536
                    tune.http.maxhdr 256
                defaults
                    mode http
                    timeout connect 5s
                    timeout client 20s
                    timeout server 20s
                listen through
                    bind 127.0.0.1:%d
                    server gateway 127.0.0.1:%d
                listen past
                    bind 127.0.0.1:%d
                    server back 127.0.0.1:%d
                listen back
                    bind 127.0.0.1:%d
                    server service 127.0.0.1:%d
                """.formatted(
                        ports.through(), ports.gateway(), ports.past(), ports.back(), ports.back(), ports.service()));
        return List.of("-db", "-f", file.toString());
    }
}
