package dev.gatehouse.console.entity;

import java.util.List;

/**
 * What deleting a thing would do.
 *
 * @param sentences what follows
 * @param users addresses of the things that need it, such as {@code routes/users-api}: while there are any it stays
 * @param forGood cannot be taken back
 */
public record Impact(List<String> sentences, List<String> users, boolean forGood) {}
