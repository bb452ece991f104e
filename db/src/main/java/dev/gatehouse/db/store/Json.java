package dev.gatehouse.db.store;

import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Plain values as PostgreSQL's jsonb has them. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> MAPPING = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    private static final TypeReference<List<TargetState>> TARGETS = new TypeReference<>() {};
    private static final TypeReference<List<ServiceState>> SERVICES = new TypeReference<>() {};

    private Json() {}

    static String write(Object plain) {
        return MAPPER.writeValueAsString(plain);
    }

    static Object read(String json) {
        return MAPPER.readValue(json, Object.class);
    }

    static Map<String, Object> mapping(String json) {
        return MAPPER.readValue(json, MAPPING);
    }

    /** As a mapping, whatever it is. */
    static Map<String, Object> anything(String json) {
        try {
            return mapping(json);
        } catch (JacksonException e) {
            return Map.of("unreadable", json);
        }
    }

    static List<TargetState> targets(String json) {
        return told(json, TARGETS);
    }

    static List<ServiceState> services(String json) {
        return told(json, SERVICES);
    }

    /** None where a node of another release tells them in another way. */
    private static <T> List<T> told(String json, TypeReference<List<T>> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            return List.of();
        }
    }

    static List<String> texts(String json) {
        return MAPPER.readValue(json, TEXTS);
    }
}
