package dev.gatehouse.deploy.demo.orders;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphqlErrorBuilder;
import graphql.analysis.MaxQueryComplexityInstrumentation;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.validation.QueryComplexityLimits;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Executes documents over the orders, within the bounds of {@link QueryCost}. */
final class OrdersGraph {

    private static final Logger LOG = System.getLogger(OrdersGraph.class.getName());
    private static final QueryComplexityLimits DEPTH = QueryComplexityLimits.newLimits()
            .maxDepth(QueryCost.DEEPEST)
            .maxFieldsCount(QueryCost.MOST)
            .build();

    private final GraphQL graph;

    OrdersGraph(Orders orders) {
        graph = GraphQL.newGraphQL(new OrdersSchema(orders).schema())
                .instrumentation(new MaxQueryComplexityInstrumentation(QueryCost.MOST, new QueryCost()))
                .defaultDataFetcherExceptionHandler(OrdersGraph::explain)
                .build();
    }

    ExecutionResult execute(GraphQlRequest request) {
        var input = ExecutionInput.newExecutionInput(request.document())
                .graphQLContext(Map.of(QueryComplexityLimits.KEY, DEPTH));
        Optional.ofNullable(request.operationName()).ifPresent(input::operationName);
        Optional.ofNullable(request.variables()).ifPresent(input::variables);
        return graph.execute(input.build());
    }

    /** Would it change anything? A document that cannot be parsed would not. */
    boolean mutates(GraphQlRequest request) {
        try {
            return Parser.parse(request.document()).getDefinitionsOfType(OperationDefinition.class).stream()
                    .filter(operation -> request.operationName() == null
                            || request.operationName().equals(operation.getName()))
                    .anyMatch(operation -> operation.getOperation() == Operation.MUTATION);
        } catch (InvalidSyntaxException e) {
            return false;
        }
    }

    private static CompletableFuture<DataFetcherExceptionHandlerResult> explain(
            DataFetcherExceptionHandlerParameters failed) {
        var refused = failed.getException() instanceof RefusedOrderException;
        if (!refused) {
            LOG.log(Level.ERROR, "The field " + failed.getPath() + " failed.", failed.getException());
        }
        var message = refused ? failed.getException().getMessage() : "The server failed; its log says why.";
        var error = GraphqlErrorBuilder.newError(failed.getDataFetchingEnvironment())
                .message("%s", message)
                .extensions(Map.of("code", refused ? "BAD_USER_INPUT" : "INTERNAL_SERVER_ERROR"))
                .build();
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }
}
