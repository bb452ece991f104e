package dev.gatehouse.deploy.demo.users;

import dev.gatehouse.deploy.demo.shop.User;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** The users in memory. Above {@link #MOST} the oldest of those that were added goes. */
final class Users {

    static final int MOST = 1_000;

    private final TreeMap<Integer, User> byId = new TreeMap<>();
    private final int lastOfTheShop;
    private int last;

    Users(List<User> start) {
        start.forEach(user -> byId.put(user.id(), user));
        lastOfTheShop = byId.isEmpty() ? 0 : byId.lastKey();
        last = lastOfTheShop;
    }

    synchronized List<User> first(int limit) {
        return byId.values().stream().limit(limit).toList();
    }

    synchronized int count() {
        return byId.size();
    }

    synchronized Optional<User> find(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** @param user makes the user from the id */
    synchronized User add(IntFunction<User> user) {
        var added = user.apply(last + 1);
        last = added.id();
        byId.put(last, added);
        if (byId.size() > MOST) {
            byId.remove(byId.higherKey(lastOfTheShop));
        }
        return added;
    }

    synchronized boolean remove(int id) {
        return byId.remove(id) != null;
    }
}
