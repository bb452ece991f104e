package dev.gatehouse.console.server;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Our own scripts and styles. Each carries a hash of its content: in a reproducible jar all files have the same date, by
 * which a browser would keep last release's script for ever.
 */
final class StaticFiles extends HttpServlet {

    static final String PATH = "/gatehouse";

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml");

    private final transient Map<String, Optional<File>> files = new ConcurrentHashMap<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record File(byte[] content, String type, String tag) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = String.valueOf(request.getPathInfo());
        var file = name.matches("/[a-z.-]{1,60}")
                ? files.computeIfAbsent(name, StaticFiles::read)
                : Optional.<File>empty();
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", file.get().tag);
        if (file.get().tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(file.get().type);
        response.setContentLength(file.get().content.length);
        response.getOutputStream().write(file.get().content);
    }

    private static Optional<File> read(String name) {
        var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        try (var stream = StaticFiles.class.getResourceAsStream("/META-INF/resources" + PATH + name)) {
            if (stream == null || type == null) {
                return Optional.empty();
            }
            var content = stream.readAllBytes();
            var hash = MessageDigest.getInstance("SHA-256").digest(content);
            return Optional.of(
                    new File(content, type, '"' + HexFormat.of().formatHex(hash).substring(0, 32) + '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
