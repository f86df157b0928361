package org.tocsin.gateway.app;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code serve}: the gateway, until the process is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Runs the gateway. The first API keys come from TOCSIN_BOOTSTRAP_KEYS=role:key,...")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private ServeOptions options = new ServeOptions();

    @Override
    public Integer call() throws Exception {
        Settings settings = Settings.read(options.config, System.getenv(), options.settings());
        Gateway gateway = Gateway.start(settings, System.getenv().getOrDefault("TOCSIN_BOOTSTRAP_KEYS", ""));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            gateway.close();
                            System.err.println("Tocsin has stopped.");
                            ended.countDown();
                        },
                        "shutdown"));
        System.err.println("Tocsin listens at " + gateway.http() + " (console: "
                + gateway.http().resolve("/console/") + ")");
        ended.await();
        return 0;
    }
}
