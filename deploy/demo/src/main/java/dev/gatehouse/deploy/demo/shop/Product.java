package dev.gatehouse.deploy.demo.shop;

/** @param currency ISO 4217 */
public record Product(String id, String name, String category, int priceCents, String currency, int stock) {}
