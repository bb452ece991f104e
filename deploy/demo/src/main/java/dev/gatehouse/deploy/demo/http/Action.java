package dev.gatehouse.deploy.demo.http;

import java.io.IOException;

/** What a route does with a call. Refuses with a {@link RefusedException}. */
@FunctionalInterface
public interface Action {
    Answer answer(Call call) throws IOException;
}
