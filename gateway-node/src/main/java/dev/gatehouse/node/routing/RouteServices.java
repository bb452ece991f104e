package dev.gatehouse.node.routing;

import dev.gatehouse.db.model.Certificate;
import dev.gatehouse.db.model.Route;
import dev.gatehouse.db.model.Service;
import dev.gatehouse.db.model.Snapshot;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The services that a route names, and the certificates that these are shown; those that do not exist are missing.
 *
 * @param services by name; likewise the certificates
 */
record RouteServices(Map<String, Service> services, Map<String, Certificate> certificates) {

    static RouteServices of(Route route, Snapshot snapshot) {
        var services = new HashMap<String, Service>();
        var certificates = new HashMap<String, Certificate>();
        for (var name : route.services().values()) {
            var service = snapshot.services().get(name);
            if (service != null) {
                services.put(name, service);
                var shown = service.tls().certificate();
                var certificate = snapshot.certificates().get(shown);
                if (certificate != null) {
                    certificates.put(shown, certificate);
                }
            }
        }
        return new RouteServices(Map.copyOf(services), Map.copyOf(certificates));
    }

    /** @throws IllegalArgumentException when it does not exist; the message completes "cannot be served: …" */
    Service service(String name) {
        var service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException("its service '" + name + "' does not exist");
        }
        return service;
    }

    /** What the targets of that service are shown; null for nothing, or for what does not exist. */
    @Nullable
    Certificate certificate(Service service) {
        return certificates.get(service.tls().certificate());
    }
}
