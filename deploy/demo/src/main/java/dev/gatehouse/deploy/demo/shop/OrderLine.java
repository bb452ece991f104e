package dev.gatehouse.deploy.demo.shop;

/** @param unitCents the price on the day of the order */
public record OrderLine(String productId, String name, int quantity, int unitCents) {

    public int totalCents() {
        return quantity * unitCents;
    }
}
