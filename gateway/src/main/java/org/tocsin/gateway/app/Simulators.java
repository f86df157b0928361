package org.tocsin.gateway.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The carriers' simulators of the demo, loaded from {@code simulators/} beside {@code lib/} in a class loader of their
 * own: the product's classes never see theirs. They are spoken to in maps of text
 * ({@code org.tocsin.simulator.SimulatedCarriers}). Used by one thread.
 */
final class Simulators implements AutoCloseable {
    private static final String DOOR = "org.tocsin.simulator.SimulatedCarriers";

    private final URLClassLoader loader;
    private final Function<Map<String, String>, Map<String, String>> door;

    private Simulators(URLClassLoader loader, Function<Map<String, String>, Map<String, String>> door) {
        this.loader = loader;
        this.door = door;
    }

    /**
     * Loads the simulators.
     *
     * @throws IllegalStateException when they are not there
     */
    static Simulators load() {
        Path lib = libraries();
        Path simulators = lib.resolveSibling("simulators");
        if (!Files.isDirectory(simulators)) {
            throw new IllegalStateException("there are no simulators at " + simulators + "; build them: mvn package");
        }
        List<URL> jars = new ArrayList<>(jars(simulators));
        jars.addAll(jars(lib));
        URLClassLoader loader =
                new URLClassLoader("simulators", jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            Object made = loader.loadClass(DOOR).getConstructor().newInstance();
            @SuppressWarnings(
                    "unchecked") // The door's class says so; its loader shares only the JDK's types with ours.
            Function<Map<String, String>, Map<String, String>> door =
                    (Function<Map<String, String>, Map<String, String>>) made;
            return new Simulators(loader, door);
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException("the simulators cannot be loaded from " + simulators, failed);
        }
    }

    /** Speaks through the door. */
    Map<String, String> apply(Map<String, String> request) {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        // Mail's providers and service loaders look here; threads that the simulators start inherit it.
        current.setContextClassLoader(loader);
        try {
            return door.apply(request);
        } finally {
            current.setContextClassLoader(before);
        }
    }

    /** Stops the carriers, so that their books are whole. May be called again. */
    void stop() {
        try {
            ((AutoCloseable) door).close();
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new IllegalStateException("the simulators did not stop", failed);
        }
    }

    @Override
    public void close() {
        stop();
        try {
            loader.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path libraries() {
        try {
            Path gateway = Path.of(Simulators.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = gateway.getParent();
            if (folder == null) {
                throw new IllegalStateException("the gateway's jar lies nowhere: " + gateway);
            }
            return folder;
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<URL> jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<URL> urls = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                if (String.valueOf(file.getFileName()).endsWith(".jar")) {
                    urls.add(file.toUri().toURL());
                }
            }
            return urls;
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
