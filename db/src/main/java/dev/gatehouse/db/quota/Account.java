package dev.gatehouse.db.quota;

/**
 * What is counted together: one subject's use of a quota in one period.
 *
 * @param quota name of the quota
 * @param subject whose, such as {@code consumer:web-shop}
 */
public record Account(String quota, String subject, Period period) {}
