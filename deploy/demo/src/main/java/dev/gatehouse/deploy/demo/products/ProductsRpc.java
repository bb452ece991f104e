package dev.gatehouse.deploy.demo.products;

import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import dev.gatehouse.deploy.demo.products.v1.GetProductRequest;
import dev.gatehouse.deploy.demo.products.v1.ListProductsRequest;
import dev.gatehouse.deploy.demo.products.v1.ListProductsResponse;
import dev.gatehouse.deploy.demo.products.v1.PriceOffer;
import dev.gatehouse.deploy.demo.products.v1.Product;
import dev.gatehouse.deploy.demo.products.v1.ProductsProto;
import dev.gatehouse.deploy.demo.products.v1.WatchPricesRequest;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import io.grpc.protobuf.ProtoUtils;

/**
 * The methods of products.proto, for the server and for callers ({@code ClientCalls}).
 * Written by hand: gRPC's generator is a native program, and three methods are not worth one for every platform that builds this.
 */
public final class ProductsRpc {

    public static final String NAME = "gatehouse.demo.products.v1.Products";

    public static final MethodDescriptor<GetProductRequest, Product> GET_PRODUCT = method(
                    "GetProduct",
                    MethodType.UNARY,
                    GetProductRequest.getDefaultInstance(),
                    Product.getDefaultInstance())
            .setSafe(true)
            .build();

    public static final MethodDescriptor<ListProductsRequest, ListProductsResponse> LIST_PRODUCTS = method(
                    "ListProducts",
                    MethodType.UNARY,
                    ListProductsRequest.getDefaultInstance(),
                    ListProductsResponse.getDefaultInstance())
            .setSafe(true)
            .build();

    public static final MethodDescriptor<WatchPricesRequest, PriceOffer> WATCH_PRICES = method(
                    "WatchPrices",
                    MethodType.SERVER_STREAMING,
                    WatchPricesRequest.getDefaultInstance(),
                    PriceOffer.getDefaultInstance())
            .build();

    static final io.grpc.ServiceDescriptor SERVICE = io.grpc.ServiceDescriptor.newBuilder(NAME)
            .setSchemaDescriptor(new Schema())
            .addMethod(GET_PRODUCT)
            .addMethod(LIST_PRODUCTS)
            .addMethod(WATCH_PRICES)
            .build();

    private ProductsRpc() {}

    private static <Q extends Message, A extends Message> MethodDescriptor.Builder<Q, A> method(
            String name, MethodType type, Q request, A response) {
        return MethodDescriptor.newBuilder(ProtoUtils.marshaller(request), ProtoUtils.marshaller(response))
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(NAME, name));
    }

    /** What reflection shows. */
    private record Schema() implements ProtoServiceDescriptorSupplier {

        @Override
        public FileDescriptor getFileDescriptor() {
            return ProductsProto.getDescriptor();
        }

        @Override
        public ServiceDescriptor getServiceDescriptor() {
            return getFileDescriptor().findServiceByName("Products");
        }
    }
}
