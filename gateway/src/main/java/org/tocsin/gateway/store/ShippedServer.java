package org.tocsin.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The redis-server that comes in the Maven artifact, for this machine. */
final class ShippedServer {
    private static final Map<String, String> BINARIES = Map.of(
            "linux/amd64", "redis-server-6.2.6-v5-linux-amd64",
            "linux/arm64", "redis-server-6.2.7-linux-arm64",
            "linux/386", "redis-server-6.2.7-linux-386",
            "darwin/amd64", "redis-server-6.2.6-v5-darwin-amd64",
            "darwin/arm64", "redis-server-6.2.6-v5-darwin-arm64");

    private ShippedServer() {}

    /**
     * Puts the server into {@code <data>/bin} unless it is there.
     *
     * @return the executable
     * @throws IllegalStateException when none is shipped for this machine
     */
    static Path unpack(Path data) throws IOException {
        String name = nameFor(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        Path bin = data.resolve("bin");
        Path binary = bin.resolve("redis-server");
        Files.createDirectories(bin);
        try (InputStream shipped = redis.embedded.RedisServer.class.getResourceAsStream("/" + name)) {
            if (shipped == null) {
                throw new IllegalStateException("the artifact holds no " + name);
            }
            byte[] content = shipped.readAllBytes();
            if (!Files.exists(binary) || !Arrays.equals(content, Files.readAllBytes(binary))) {
                Path fresh = bin.resolve("redis-server.new");
                Files.write(fresh, content);
                Files.move(fresh, binary, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!Files.isExecutable(binary) && !binary.toFile().setExecutable(true, true)) {
            throw new IllegalStateException(binary + " cannot be made executable");
        }
        return binary;
    }

    static String nameFor(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : os;
        String machine =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    case "x86", "i386", "i486", "i586", "i686" -> "386";
                    default -> osArch;
                };
        String name = BINARIES.get(system + "/" + machine);
        if (name == null) {
            throw new IllegalStateException("no redis-server is shipped for " + osName + " on " + osArch
                    + "; run one of your own and name it by store.uri (redis://…)");
        }
        return name;
    }
}
