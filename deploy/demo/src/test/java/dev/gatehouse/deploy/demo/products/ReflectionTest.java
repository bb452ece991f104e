package dev.gatehouse.deploy.demo.products;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReflectionTest {

    private final ProductsServer server = ProductsServer.start("127.0.0.1", 0);
    private final ManagedChannel channel = Grpc.newChannelBuilder(
                    "127.0.0.1:" + server.port(), InsecureChannelCredentials.create())
            .build();

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    @Test
    void listsItsServices() {
        var services =
                ask(ServerReflectionRequest.newBuilder().setListServices("")).getListServicesResponse();
        assertThat(services.getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(ProductsRpc.NAME, "grpc.health.v1.Health");
    }

    @Test
    void showsTheMethodsOfProducts() throws InvalidProtocolBufferException {
        var answer = ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(ProductsRpc.NAME));
        var file =
                FileDescriptorProto.parseFrom(answer.getFileDescriptorResponse().getFileDescriptorProto(0));
        assertThat(file.getPackage()).isEqualTo("gatehouse.demo.products.v1");
        assertThat(file.getService(0).getMethodList())
                .extracting(MethodDescriptorProto::getName)
                .containsExactly("GetProduct", "ListProducts", "WatchPrices");
        assertThat(file.getService(0).getMethod(2).getServerStreaming()).isTrue();
    }

    private ServerReflectionResponse ask(ServerReflectionRequest.Builder question) {
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var questions = ServerReflectionGrpc.newStub(channel).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(new AssertionError("No answer came."));
            }
        });
        questions.onNext(question.build());
        questions.onCompleted();
        return answer.join();
    }
}
