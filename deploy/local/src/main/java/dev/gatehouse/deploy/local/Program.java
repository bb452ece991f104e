package dev.gatehouse.deploy.local;

import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One of our programs as a process.
 *
 * @param environment what differs from this process' own; an empty value takes a variable away
 * @param ready whether it does its work; asked again and again while it starts
 */
record Program(String name, List<String> command, Map<String, String> environment, BooleanSupplier ready) {}
