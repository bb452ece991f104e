package dev.gatehouse.deploy.demo.orders;

import dev.gatehouse.deploy.demo.http.Answer;
import dev.gatehouse.deploy.demo.http.Call;
import dev.gatehouse.deploy.demo.http.RefusedException;
import dev.gatehouse.deploy.demo.http.Routes;
import graphql.ErrorType;
import graphql.ExecutionResult;
import java.io.IOException;

/** GraphQL over HTTP (the specification's draft of 2025): media types and status codes. */
final class GraphQlRoutes {

    private final OrdersGraph graph;

    GraphQlRoutes(OrdersGraph graph) {
        this.graph = graph;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/graphql", this::get).on("POST", "/graphql", this::post);
    }

    private Answer get(Call call) {
        var type = type(call);
        var request = GraphQlRequest.of(call);
        if (graph.mutates(request)) {
            throw RefusedException.notAllowed("POST");
        }
        return answer(type, graph.execute(request));
    }

    private Answer post(Call call) throws IOException {
        var type = type(call);
        return answer(type, graph.execute(call.json(GraphQlRequest.class)));
    }

    private static MediaType type(Call call) {
        return MediaType.preferred(call.header("Accept"))
                .orElseThrow(() -> new RefusedException(406, "The answer is application/graphql-response+json."));
    }

    /** A legacy client gets application/json with the same status codes, and only when there is data. */
    private static Answer answer(MediaType type, ExecutionResult result) {
        var status = status(result);
        var sent = status == 200 ? type : MediaType.GRAPHQL;
        return Answer.json(status, sent.withCharset(), result.toSpecification());
    }

    /** With data, even partial or null, it is 200: the draft's 294 is known to no gateway and no client. */
    private static int status(ExecutionResult result) {
        if (result.isDataPresent()) {
            return 200;
        }
        return result.getErrors().getFirst().getErrorType() == ErrorType.InvalidSyntax ? 400 : 422;
    }
}
