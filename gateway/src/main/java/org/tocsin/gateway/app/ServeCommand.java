package org.tocsin.gateway.app;

import java.util.concurrent.Callable;
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
        settings.requireListening();
        return OrderlyEnd.after("Tocsin has stopped.", end -> serve(settings, end));
    }

    private static int serve(Settings settings, OrderlyEnd end) throws InterruptedException {
        Gateway gateway = end.keep(Gateway.start(settings, System.getenv().getOrDefault(Settings.BOOTSTRAP_KEYS, "")));
        System.err.println("Tocsin listens at " + gateway.http() + " (console: "
                + gateway.http().resolve("/console/") + ")");
        OrderlyEnd.await();
        return 0;
    }
}
