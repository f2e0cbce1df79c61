package clinicops.staffweb.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;

/**
 * One file of the app, and the compressed forms of it that the build left beside it.
 *
 * @param tag of the content as it is in the plain form; each form has its own entity tag
 */
record AppFile(MediaType type, String tag, byte[] plain, byte @Nullable [] brotli, byte @Nullable [] gzip) {
    private static final String FOLDER = "clinicops/staffweb/frontend/";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html;charset=UTF-8"),
            Map.entry("js", "text/javascript;charset=UTF-8"),
            Map.entry("css", "text/css;charset=UTF-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain;charset=UTF-8"));

    /**
     * @param path below the app's folder; the caller has made sure that it can't climb out of it
     * @return empty when the build has no such file
     */
    static Optional<AppFile> read(String path) {
        byte[] plain = bytes(path);
        if (plain == null) {
            return Optional.empty();
        }
        String ending = path.substring(path.lastIndexOf('.') + 1);
        return Optional.of(new AppFile(
                MediaType.parseMediaType(TYPES.getOrDefault(ending, MediaType.APPLICATION_OCTET_STREAM_VALUE)),
                tag(plain),
                plain,
                bytes(path + ".br"),
                bytes(path + ".gz")));
    }

    private static byte @Nullable [] bytes(String path) {
        var resource = new ClassPathResource(FOLDER + path, AppFile.class.getClassLoader());
        if (!resource.isReadable()) {
            return null;
        }
        try {
            return resource.getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tag(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content), 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
