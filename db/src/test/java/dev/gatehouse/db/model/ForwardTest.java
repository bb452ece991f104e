package dev.gatehouse.db.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.db.routing.PathPattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardTest {

    @ParameterizedTest
    @CsvSource({
        // match, rewrite, path asked for, path at the service
        "/api/users/**, '',        /api/users/7,    /api/users/7",
        "/api/users/**, /users/**, /api/users/7/x,  /users/7/x",
        "/api/users/**, /users/**, /api/users,      /users",
        "/api/users/**, /users/**, /api/users/,     /users/",
        "/api/users/**, /**,       /api/users/7,    /7",
        "/api/users/**, /**,       /api/users,      /",
        "/**,           /old/**,   /a/b,            /old/a/b",
        "/**,           /old/**,   /,               /old/",
        "/**,           /**,       /a,              /a",
        "/api/users/**, /fixed,    /api/users/7,    /fixed",
        "/api/users,    /users,    /api/users,      /users",
        "/api/users,    '',        /api/users,      /api/users"
    })
    void rewritesThePath(String pattern, String rewrite, String path, String rewritten) {
        assertThat(new Forward("users", rewrite)
                        .rewriting(PathPattern.of(pattern))
                        .apply(path))
                .isEqualTo(rewritten);
    }
}
