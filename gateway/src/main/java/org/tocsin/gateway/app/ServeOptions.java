package org.tocsin.gateway.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code serve} and {@code demo} take alike. */
final class ServeOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "the settings, in YAML")
    @Nullable
    Path config;

    @Option(names = "--port", paramLabel = "PORT", description = "where to listen; 0 for a free port")
    @Nullable
    String port;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "where to listen")
    @Nullable
    String host;

    @Option(names = "--data", paramLabel = "DIR", description = "where the embedded store and the archive lie")
    @Nullable
    String data;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "the certificate chain in PEM")
    @Nullable
    String tlsCert;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "the private key in PEM")
    @Nullable
    String tlsKey;

    @Option(names = "--insecure", description = "listen beyond loopback without TLS")
    boolean insecure;

    /** The settings of the command line by name. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        put(settings, SettingKey.PORT, port);
        put(settings, SettingKey.HOST, host);
        put(settings, SettingKey.DATA, data);
        put(settings, SettingKey.TLS_CERT, tlsCert);
        put(settings, SettingKey.TLS_KEY, tlsKey);
        if (insecure) {
            settings.put(SettingKey.INSECURE.setting(), "true");
        }
        return settings;
    }

    private static void put(Map<String, String> settings, SettingKey key, @Nullable String value) {
        if (value != null) {
            settings.put(key.setting(), value);
        }
    }
}
