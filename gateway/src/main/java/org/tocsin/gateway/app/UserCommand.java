package org.tocsin.gateway.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.Account;
import org.tocsin.gateway.access.Accounts;
import org.tocsin.gateway.access.Grant;
import org.tocsin.gateway.access.OneTime;
import org.tocsin.gateway.access.Passwords;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Refusal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.access.SessionLife;
import org.tocsin.gateway.store.RedisAccessStore;
import org.tocsin.gateway.store.RedisClientStore;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisSessionStore;
import org.tocsin.gateway.store.RedisSignInBrake;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code user ACT [NAME]}: in the store of a gateway that does not run, or through the API of one that does. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = {
            "People's accounts: add, list, lock, unlock, reset (a one-time password).",
            "The very first administrator has its rights at once; all others' wait for an administrator who confirms",
            "them in the console. In the store of a gateway that does not run, reset is the way out where nobody is left",
            "who could confirm; it is in the ledger. Exit code: 0 done, 1 refused, 2 usage, 3 could not run."
        })
final class UserCommand implements Callable<Integer> {
    private static final List<String> ACTS = List.of("add", "list", "lock", "unlock", "reset");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ServeOptions options = new ServeOptions();

    @Parameters(index = "0", paramLabel = "ACT", description = "add, list, lock, unlock, reset")
    private String act = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "the name for sign-in")
    private String name = "";

    @Option(names = "--name", paramLabel = "TEXT", description = "add: the name for people; else the name for sign-in")
    private String displayName = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "add: issuer, reviewer, signer, auditor or admin")
    private List<String> roles = new ArrayList<>();

    @Option(names = "--division", paramLabel = "CODE", description = "add: a division; none for all")
    private List<String> divisions = new ArrayList<>();

    @Option(names = "--hazard", paramLabel = "CODE", description = "add: an event code; none for all")
    private List<String> hazards = new ArrayList<>();

    @Option(names = "--second-factor", description = "reset: take a lost second factor away too; only without --url")
    private boolean secondFactor;

    @Option(names = "--url", paramLabel = "URL", description = "the running gateway")
    private @Nullable URI url;

    @Option(names = "--key", paramLabel = "KEY", description = "an admin's API key; else TOCSIN_KEY")
    private @Nullable String key;

    @Override
    public Integer call() throws Exception {
        if (!ACTS.contains(act)) {
            throw usage("ACT must be one of " + String.join(", ", ACTS) + ", was '" + act + "'");
        }
        if (name.isEmpty() != act.equals("list")) {
            throw usage(act.equals("list") ? "list takes no NAME" : act + " needs a NAME");
        }
        if (secondFactor && (!act.equals("reset") || url != null)) {
            throw usage("--second-factor is for reset, on the machine of a gateway that does not run: without --url");
        }
        for (String role : roles) {
            if (Role.of(role).isEmpty()) {
                throw usage("there is no role '" + role + "'");
            }
        }
        URI gateway = url;
        try {
            return gateway == null
                    ? OrderlyEnd.after("It was broken off; what was done until then is kept.", this::inStore)
                    : throughApi(gateway);
        } catch (Refusal refusal) {
            refusal.faults()
                    .forEach(fault -> System.err.println(
                            (fault.field().isEmpty() ? "" : fault.field() + ": ") + fault.message()));
            return 1;
        }
    }

    private CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    private int inStore(OrderlyEnd end) {
        Settings settings = Settings.read(options.config, System.getenv(), options.settings());
        OpenStore store = end.keep(OpenStore.open(settings));
        SecureRandom random = new SecureRandom();
        RedisLedger ledger = new RedisLedger(store.redis());
        AccessDesk desk = AccessDesk.open(
                new AccessDesk.Stores(
                        new RedisClientStore(store.redis(), ledger),
                        new RedisAccessStore(store.redis(), ledger),
                        new RedisSessionStore(store.redis()),
                        new RedisSignInBrake(store.redis())),
                Passwords.standard(random),
                RoomSettings.accessKey(settings, random),
                RoomSettings.matrixText(settings),
                SessionLife.STANDARD,
                random,
                InstantSource.system());
        Principal machine = Accounts.MACHINE;
        Accounts accounts = desk.accounts();
        switch (act) {
            case "add" -> {
                Accounts.Added added = accounts.add(machine, name, displayName.isEmpty() ? name : displayName, grant());
                tell(Objects.requireNonNull(added.oneTime()), added.waiting() != null);
            }
            case "reset" -> tell(secondFactor ? accounts.resetAll(name) : accounts.reset(machine, name), false);
            case "lock" -> accounts.lock(machine, name);
            case "unlock" -> accounts.unlock(machine, name);
            default -> {
                for (Account account : accounts.list()) {
                    System.out.println(line(
                            account.name(),
                            account.displayName(),
                            account.grant().roles().stream()
                                    .map(Role::word)
                                    .sorted()
                                    .toList(),
                            account.locked(),
                            account.hasSecondFactor()));
                }
            }
        }
        return 0;
    }

    private Grant grant() {
        return new Grant(
                roles.stream()
                        .map(Role::of)
                        .map(java.util.Optional::orElseThrow)
                        .collect(Collectors.toSet()),
                new TreeSet<>(divisions),
                new TreeSet<>(hazards),
                Set.of());
    }

    private int throughApi(URI gateway) throws IOException, InterruptedException {
        String given = key == null ? System.getenv().getOrDefault(Settings.CLIENT_KEY, "") : key;
        String path = "/api/v1/accounts" + (act.equals("list") || act.equals("add") ? "" : "/" + name + "/" + act);
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + given);
        if (act.equals("list")) {
            request.GET();
        } else {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("name", name);
            body.put("displayName", displayName.isEmpty() ? name : displayName);
            body.put("roles", roles);
            body.put("divisions", divisions);
            body.put("hazards", hazards);
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new JsonMapper().writeValueAsBytes(body)));
        }
        HttpResponse<byte[]> answer;
        try {
            answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException failed) {
            throw new IllegalStateException(
                    "no gateway answers at " + gateway + ": check --url and that its gateway runs; without --url the"
                            + " store of a gateway that does not run is opened",
                    failed);
        }
        JsonNode json = new JsonMapper().readTree(answer.body());
        if (answer.statusCode() / 100 != 2) {
            json.path("errors")
                    .forEach(error -> System.err.println(error.path("message").asText()));
            return 1;
        }
        if (json.has("oneTimePassword")) {
            tell(
                    new OneTime(
                            json.path("oneTimePassword").asText(),
                            Instant.parse(json.path("oneTimeUntil").asText())),
                    json.path("waitsForSecondPerson").isTextual());
        }
        if (json.has("oneTimeFirstHalf")) {
            System.out.println("name        " + name);
            System.out.println("first half  " + json.path("oneTimeFirstHalf").asText());
            System.err.println(
                    "An administrator who confirms the rights at /console/rights is shown the other half of the"
                            + " one-time password; tell the person this one, and let them tell the other.");
        }
        json.path("accounts").forEach(account -> {
            List<String> words = new ArrayList<>();
            account.path("roles").forEach(role -> words.add(role.asText()));
            System.out.println(line(
                    account.path("name").asText(),
                    account.path("displayName").asText(),
                    words,
                    account.path("locked").asBoolean(),
                    account.path("secondFactor").asBoolean()));
        });
        return 0;
    }

    private void tell(OneTime oneTime, boolean waits) {
        System.out.println("name               " + name);
        System.out.println("one-time password  " + oneTime.password());
        System.out.println("counts until       " + oneTime.until().truncatedTo(ChronoUnit.SECONDS));
        System.err.println("It is shown this once, and is replaced at the first sign-in at /console/.");
        if (waits) {
            System.err.println("The rights wait for an administrator who confirms them at /console/rights.");
        }
    }

    private static String line(
            String name, String displayName, List<String> roles, boolean locked, boolean secondFactor) {
        return name + "\t" + displayName + "\t" + (roles.isEmpty() ? "-" : String.join(",", roles)) + "\t"
                + (locked ? "locked" : "active") + "\t" + (secondFactor ? "second factor" : "no second factor");
    }
}
