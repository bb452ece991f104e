package dev.gatehouse.deploy.demo.products;

import dev.gatehouse.deploy.demo.products.v1.GetProductRequest;
import dev.gatehouse.deploy.demo.products.v1.ListProductsRequest;
import dev.gatehouse.deploy.demo.products.v1.ListProductsResponse;
import dev.gatehouse.deploy.demo.products.v1.Product;
import io.grpc.Status;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The products by id. Refuses with a {@link io.grpc.StatusRuntimeException}. */
final class Catalogue {

    private static final int PAGE = 10;
    private static final int LARGEST_PAGE = 100;

    private final TreeMap<String, Product> byId = new TreeMap<>();

    Catalogue(List<dev.gatehouse.deploy.demo.shop.Product> products) {
        products.forEach(product -> byId.put(
                product.id(),
                Product.newBuilder()
                        .setId(product.id())
                        .setName(product.name())
                        .setCategory(product.category())
                        .setPriceCents(product.priceCents())
                        .setCurrency(product.currency())
                        .setStock(product.stock())
                        .build()));
    }

    Product get(GetProductRequest request) {
        return get(request.getId());
    }

    ListProductsResponse list(ListProductsRequest request) {
        if (request.getPageSize() < 0) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("page_size must not be negative.")
                    .asRuntimeException();
        }
        var token = request.getPageToken();
        if (!token.isEmpty() && !byId.containsKey(token)) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("page_token must be the next_page_token of a page.")
                    .asRuntimeException();
        }
        var size = request.getPageSize() == 0 ? PAGE : Math.min(request.getPageSize(), LARGEST_PAGE);
        var rest = byId.tailMap(token, false).values().stream()
                .filter(product ->
                        request.getCategory().isEmpty() || product.getCategory().equals(request.getCategory()))
                .limit(size + 1L)
                .toList();
        var page = rest.subList(0, Math.min(size, rest.size()));
        return ListProductsResponse.newBuilder()
                .addAllProducts(page)
                .setNextPageToken(rest.size() > size ? page.getLast().getId() : "")
                .build();
    }

    /** All of them when no ids are given. */
    List<Product> select(Collection<String> ids) {
        return ids.isEmpty()
                ? List.copyOf(byId.values())
                : ids.stream().map(this::get).toList();
    }

    private Product get(String id) {
        return Optional.ofNullable(byId.get(id))
                .orElseThrow(() -> Status.NOT_FOUND
                        .withDescription("There is no product \"" + id + "\".")
                        .asRuntimeException());
    }
}
