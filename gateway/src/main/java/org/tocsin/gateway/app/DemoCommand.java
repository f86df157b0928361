package org.tocsin.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: a synthetic county with simulated carriers, warned of a red rainstorm. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Warns a synthetic county over simulated carriers, and counts from receipts who was reached.",
        footer = {
            "",
            "Shares for --set, each 0 to 1: contacts.share, sms.delivered, sms.silent, wechat.delivered, app.shown,",
            "loudspeaker.finished, screen.finished.",
            "Exit code: 0 the scenario's expectation holds (the goal is met; of sms-failover also that nobody was lost, nor sent",
            "to twice but whose submit was unanswered when the link dropped), 1 it does not (silent: never), 2 usage,",
            "3 could not run."
        })
final class DemoCommand implements Callable<Integer> {
    private static final List<String> SHARES = List.of(
            "contacts.share",
            "sms.delivered",
            "sms.silent",
            "wechat.delivered",
            "app.shown",
            "loudspeaker.finished",
            "screen.finished");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ServeOptions options = new ServeOptions();

    @Option(names = "--once", description = "warn once, count, and end")
    private boolean once;

    @Option(names = "--json", description = "with --once: print one JSON object and nothing else")
    private boolean json;

    @Option(names = "--scenario", paramLabel = "NAME", description = "baseline (the default), silent or sms-failover")
    private String scenario = Scenario.BASELINE.word();

    @Option(
            names = "--residents",
            paramLabel = "N",
            description = "how many residents, 10000 to 10000000 (default: ${DEFAULT-VALUE})")
    private int residents = 100_000;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "the seed of the county and the carriers (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = {
                "how long after sign-off to wait for the last report (default: 60, silent 20, sms-failover 90); then what is",
                "unsent is",
                "stopped and said, and what is under way gets some seconds to arrive"
            })
    private @Nullable Integer waitSeconds;

    @Option(names = "--truth", paramLabel = "DIR", description = "where the simulated carriers keep their books")
    private @Nullable Path truth;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description = "where the evidence pack of the warning is written")
    private @Nullable Path evidence;

    @Option(
            names = "--county",
            paramLabel = "DIR",
            description = "where the synthetic county is written, as the files of the import: who has which address")
    private @Nullable Path county;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "a share, see below")
    private Map<String, String> shares = new TreeMap<>();

    @Override
    public Integer call() throws Exception {
        Scenario chosen = check();
        Map<String, String> behaviour = new TreeMap<>(chosen.behaviour(residents));
        String contactsShare = shares.get("contacts.share");
        shares.forEach((name, value) -> {
            if (!name.equals("contacts.share")) {
                behaviour.put("share/" + name.replace('.', '/'), value);
            }
        });
        int wait = waitSeconds == null ? chosen.waitSeconds() : waitSeconds;
        Demo.Plan plan = new Demo.Plan(
                chosen,
                seed,
                residents,
                contactsShare == null ? null : Double.valueOf(contactsShare),
                behaviour,
                truth,
                evidence,
                county,
                wait);
        Settings.read(options.config, System.getenv(), options.settings()).requireListening();
        writable("--truth", truth, "no book can be written there");
        writable("--county", county, "the county's files cannot be written there");
        requireWritable(evidence);
        String[] why = {""};
        int code = OrderlyEnd.after("The demo was ended by a signal.", end -> {
            Demo demo = Demo.start(plan, options, end);
            if (!once) {
                return demo.stay();
            }
            Demo.Ending ending = demo.once(json);
            why[0] = ending.why();
            if (System.out.checkError()) {
                throw new IOException(
                        "standard output took not all of the result; its disk may be full, or its reader gone");
            }
            return ending.asExpected() ? 0 : 1;
        });
        // Said when all is closed, so that it is the last line.
        if (!why[0].isEmpty()) {
            System.err.println(why[0]);
        }
        return code;
    }

    private static void requireWritable(@Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalStateException("--evidence " + file
                    + ": cannot be written; name a file in a folder that is there and that you may write to");
        }
    }

    private static void writable(String option, @Nullable Path folder, String what) {
        if (folder == null) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(Files.createTempFile(folder, "writable", ".tmp"));
        } catch (IOException failed) {
            throw new IllegalStateException(
                    option + " " + folder + ": " + what + " (" + failed + "); name a folder that you may write to",
                    failed);
        }
    }

    private Scenario check() {
        List<String> problems = new ArrayList<>();
        Scenario chosen = Scenario.BASELINE;
        for (Scenario known : Scenario.values()) {
            if (known.word().equals(scenario)) {
                chosen = known;
            }
        }
        if (!chosen.word().equals(scenario)) {
            problems.add("--scenario must be baseline, silent or sms-failover, was '" + scenario + "'");
        }
        if (residents < 10_000 || residents > 10_000_000) {
            problems.add("--residents must be 10000 to 10000000, was " + residents);
        }
        Integer wait = waitSeconds;
        if (wait != null && (wait < 1 || wait > 86_400)) {
            problems.add("--wait must be 1 to 86400, was " + wait);
        }
        if (json && !once) {
            problems.add("--json goes with --once");
        }
        shares.forEach((name, value) -> {
            if (!SHARES.contains(name)) {
                problems.add("--set " + name + ": is no share; there are " + String.join(", ", SHARES));
            } else if (!value.matches("0?\\.[0-9]{1,9}|0|1|1\\.0{1,9}")) {
                problems.add("--set " + name + ": must be 0 to 1, was '" + value + "'");
            }
        });
        if (!problems.isEmpty()) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(), String.join(System.lineSeparator(), problems));
        }
        return chosen;
    }
}
