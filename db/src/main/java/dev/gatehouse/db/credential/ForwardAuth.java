package dev.gatehouse.db.credential;

import dev.gatehouse.db.policy.FieldRules;
import dev.gatehouse.db.settings.Checked;
import dev.gatehouse.db.settings.Format;
import dev.gatehouse.db.settings.Named;
import dev.gatehouse.db.settings.Problem;
import dev.gatehouse.db.settings.Setting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Another service decides, from the head of the request. */
@Named(
        value = "forward-auth",
        label = "Another service decides",
        help =
                "Each request's head is shown to a service: an answer of 2xx lets it pass, 401 and 403 refuse it, and whatever else happens does too.")
public record ForwardAuth(
        @Setting(label = "Service", help = "Which service is asked.", format = Format.NAME)
        String service,

        @Setting(
                label = "Path",
                help =
                        "What it is asked for, with GET. Method, host, path and query of the request go in X-Forwarded-Method, -Host and -Uri.",
                fallback = "/",
                max = "1000",
                format = Format.PATH_AND_QUERY)
        String path,

        @Setting(
                label = "Headers shown",
                help = "Which headers of the request it sees. Empty: Authorization and Cookie.",
                max = "50",
                format = Format.HEADER_NAME)
        List<String> requestHeaders,

        @Setting(
                label = "Headers taken over",
                help = "Which headers of its answer the route's own service gets; those of callers are taken out.",
                max = "50",
                format = Format.HEADER_NAME)
        List<String> answerHeaders,

        @Setting(
                label = "Consumer header",
                help = "Which header of its answer names the consumer. Empty: every caller is the one below.",
                optional = true,
                max = "100",
                format = Format.HEADER_NAME)
        String consumerHeader,

        @Setting(
                label = "Consumer",
                help = "Who callers are whom the answer does not name. Empty: those are refused.",
                optional = true,
                format = Format.NAME)
        String consumer,

        @Setting(
                label = "Timeout",
                help = "How long it may take to answer.",
                fallback = "2s",
                min = "50ms",
                max = "30s")
        Duration timeout,

        @Setting(
                label = "Pass on",
                help = "The service of the route gets Authorization too. Otherwise it is taken out.",
                fallback = "false")
        boolean passOn)
        implements Credential, Checked {

    private static final List<String> USUAL = List.of("Authorization", "Cookie");

    public ForwardAuth {
        requestHeaders = List.copyOf(requestHeaders);
        answerHeaders = List.copyOf(answerHeaders);
    }

    /** Those that the service sees: at least one. */
    public List<String> shown() {
        return requestHeaders.isEmpty() ? USUAL : requestHeaders;
    }

    @Override
    public List<Problem> problems() {
        var problems = new ArrayList<Problem>();
        if (consumerHeader.isEmpty() && consumer.isEmpty()) {
            problems.add(new Problem("consumer", "Must be given where no header of the answer names the consumer."));
        }
        for (int i = 0; i < answerHeaders.size(); i++) {
            var at = "answer-headers[" + i + "]";
            FieldRules.REQUEST
                    .problem(answerHeaders.get(i))
                    .ifPresent(message -> problems.add(new Problem(at, message)));
        }
        return problems;
    }
}
