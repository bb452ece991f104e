package dev.gatehouse.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void givesEachServiceItsUsualPort() {
        var arguments = parse("users products orders");
        assertThat(arguments.host()).isEqualTo("127.0.0.1");
        assertThat(arguments.ports().entrySet().toString()).isEqualTo("[USERS=9101, PRODUCTS=9102, ORDERS=9103]");
    }

    @Test
    void takesAnotherPortBehindOrWithinTheName() {
        assertThat(parse("users 9201").ports()).containsEntry(Service.USERS, 9201);
        assertThat(parse("orders=0 --host ::1 users").ports())
                .containsEntry(Service.ORDERS, 0)
                .containsEntry(Service.USERS, 9101);
        assertThat(parse("orders=0 --host ::1 users").host()).isEqualTo("::1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''           | Which service?
            user         | There is no service "user".
            9101         | There is no service "9101".
            users=       | "" is no port: it must be a number from 0 to 65535.
            users=65536  | "65536" is no port: it must be a number from 0 to 65535.
            users --host | --host needs an address.
            """)
    void refusesWhatItDoesNotUnderstandAndSaysWhy(String line, String reason) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    private static Arguments parse(String line) {
        return Arguments.parse(line.isEmpty() ? List.of() : List.of(line.split(" ", -1)));
    }
}
