package dev.gatehouse.deploy.demo.orders;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.gatehouse.deploy.demo.http.Call;
import dev.gatehouse.deploy.demo.http.Json;
import dev.gatehouse.deploy.demo.http.RefusedException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/** The parameters of a GraphQL-over-HTTP request. Others are ignored, as the specification demands. */
@JsonIgnoreProperties(ignoreUnknown = true)
record GraphQlRequest(
        @Nullable String query,
        @Nullable String operationName,
        @Nullable Map<String, Object> variables) {

    /** From the query component of the URL, where an empty parameter counts as none. */
    static GraphQlRequest of(Call call) {
        return new GraphQlRequest(
                call.query("query").orElse(null),
                call.query("operationName").filter(name -> !name.isEmpty()).orElse(null),
                call.query("variables")
                        .filter(text -> !text.isEmpty())
                        .map(GraphQlRequest::variables)
                        .orElse(null));
    }

    String document() {
        return Optional.ofNullable(query).orElseThrow(() -> new RefusedException(422, "query is missing."));
    }

    private static Map<String, Object> variables(String text) {
        try {
            return Json.MAPPER.readValue(text, new TypeReference<Map<String, Object>>() {});
        } catch (JacksonException e) {
            throw new RefusedException(422, "variables must be a JSON object.");
        }
    }
}
