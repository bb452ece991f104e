package dev.gatehouse.db.example;

import dev.gatehouse.db.model.Example;
import dev.gatehouse.db.recognition.RecognisedFacts;
import dev.gatehouse.db.recognition.Recognition;
import dev.gatehouse.db.routing.RequestText;
import dev.gatehouse.db.settings.Moments;
import java.net.InetAddress;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The request of an example. */
final class ExampleFacts extends RecognisedFacts {

    private static final InetAddress SOMEWHERE = InetAddress.ofLiteral("192.0.2.1");
    private static final double ALL = 100;

    private final Example example;
    private final RequestText request;
    private final Instant now;

    /**
     * @param now stands in where the example says no time
     * @throws IllegalArgumentException when the example breaks a rule of its own
     */
    ExampleFacts(Example example, Recognition recognition, Instant now) {
        super(recognition);
        this.example = example;
        this.request = RequestText.of(example.request());
        this.now = now;
    }

    @Override
    public String host() {
        return request.host();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public @Nullable String query() {
        return request.query();
    }

    @Override
    public @Nullable String header(String name) {
        var values = example.headers().stream()
                .filter(line -> line.substring(0, line.indexOf(':')).equalsIgnoreCase(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .collect(Collectors.toList());
        return values.isEmpty() ? null : String.join(", ", values);
    }

    @Override
    public InetAddress address() {
        return example.address().isEmpty() ? SOMEWHERE : InetAddress.ofLiteral(example.address());
    }

    @Override
    public Instant time() {
        return Moments.read(example.time()).orElse(now);
    }

    @Override
    public double draw() {
        return example.draw() / ALL;
    }

    @Override
    public @Nullable String consumer() {
        return example.consumer().isEmpty() ? null : example.consumer();
    }

    @Override
    public @Nullable String subject() {
        return example.subject().isEmpty() ? null : example.subject();
    }
}
