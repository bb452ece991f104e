package dev.gatehouse.deploy.demo.shop;

import java.time.LocalDate;

public record User(int id, String name, String email, String city, String country, LocalDate since) {}
