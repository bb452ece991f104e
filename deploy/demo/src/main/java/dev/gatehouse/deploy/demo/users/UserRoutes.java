package dev.gatehouse.deploy.demo.users;

import dev.gatehouse.deploy.demo.http.Answer;
import dev.gatehouse.deploy.demo.http.Call;
import dev.gatehouse.deploy.demo.http.RefusedException;
import dev.gatehouse.deploy.demo.http.Routes;
import dev.gatehouse.deploy.demo.shop.User;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

/** The users as resources. */
final class UserRoutes {

    private static final int PAGE = 20;

    private final Users users;
    private final Clock clock;

    UserRoutes(Users users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.on("GET", "/users", this::list)
                .on("POST", "/users", this::add)
                .on("GET", "/users/{id}", this::get)
                .on("DELETE", "/users/{id}", this::remove);
    }

    private Answer list(Call call) {
        var limit = call.number("limit", PAGE, 1, Users.MOST);
        return Answer.json(200, new Page(users.first(limit), users.count()));
    }

    private Answer get(Call call) {
        var id = call.variable("id");
        return Answer.json(200, users.find(id).orElseThrow(() -> nobody(id)));
    }

    private Answer add(Call call) throws IOException {
        var sent = call.json(NewUser.class);
        var today = LocalDate.now(clock);
        var user = users.add(id -> sent.named(id, today));
        return Answer.json(201, user).with("Location", "/users/" + user.id());
    }

    private Answer remove(Call call) {
        var id = call.variable("id");
        if (!users.remove(id)) {
            throw nobody(id);
        }
        return Answer.empty(204);
    }

    private static RefusedException nobody(int id) {
        return new RefusedException(404, "There is no user " + id + ".");
    }

    private record Page(List<User> users, int total) {}
}
