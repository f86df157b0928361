package org.tocsin.gateway.app;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tocsin.channel.Addressing;
import org.tocsin.channel.Capabilities;
import org.tocsin.channel.Channel;
import org.tocsin.channel.TerminalLink;
import org.tocsin.gateway.access.AccessDesk;
import org.tocsin.gateway.access.BootstrapKeys;
import org.tocsin.gateway.access.Passwords;
import org.tocsin.gateway.access.SessionLife;
import org.tocsin.gateway.access.oidc.OidcSignIn;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.AlertWriter;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.WarningStore;
import org.tocsin.gateway.coverage.Goal;
import org.tocsin.gateway.coverage.Goals;
import org.tocsin.gateway.dispatch.AudienceSource;
import org.tocsin.gateway.dispatch.CountyDispatcher;
import org.tocsin.gateway.dispatch.DispatchSettings;
import org.tocsin.gateway.dispatch.DispatchStore;
import org.tocsin.gateway.dispatch.Dispatcher;
import org.tocsin.gateway.dispatch.IssueStates;
import org.tocsin.gateway.dispatch.LinkGear;
import org.tocsin.gateway.dispatch.LinkSpec;
import org.tocsin.gateway.dispatch.SendingCare;
import org.tocsin.gateway.dispatch.camel.CamelBridge;
import org.tocsin.gateway.intake.AlertReader;
import org.tocsin.gateway.intake.CapWriter;
import org.tocsin.gateway.intake.Intake;
import org.tocsin.gateway.intake.KnownWarnings;
import org.tocsin.gateway.issue.TerminalHealth;
import org.tocsin.gateway.ledger.Sealer;
import org.tocsin.gateway.ledger.WitnessDesk;
import org.tocsin.gateway.link.MqttBrokerLink;
import org.tocsin.gateway.link.MqttBrokerSettings;
import org.tocsin.gateway.link.MqttTerminalServer;
import org.tocsin.gateway.link.MqttTerminalSettings;
import org.tocsin.gateway.link.TerminalAuthenticator;
import org.tocsin.gateway.link.TerminalBook;
import org.tocsin.gateway.link.TerminalPresence;
import org.tocsin.gateway.link.VertxHttpExchange;
import org.tocsin.gateway.receipt.ChannelCounts;
import org.tocsin.gateway.receipt.ChannelEvidence;
import org.tocsin.gateway.receipt.IssueEvidence;
import org.tocsin.gateway.receipt.OpenCounts;
import org.tocsin.gateway.registry.Erased;
import org.tocsin.gateway.registry.Import;
import org.tocsin.gateway.registry.ImportDesk;
import org.tocsin.gateway.registry.ImportLimits;
import org.tocsin.gateway.registry.OperatorBook;
import org.tocsin.gateway.registry.Registry;
import org.tocsin.gateway.reply.Replies;
import org.tocsin.gateway.report.Course;
import org.tocsin.gateway.report.CoverageReport;
import org.tocsin.gateway.report.CoverageSubject;
import org.tocsin.gateway.report.CoverageTracker;
import org.tocsin.gateway.report.SummaryKeeper;
import org.tocsin.gateway.report.SummaryMaker;
import org.tocsin.gateway.report.SummaryStore;
import org.tocsin.gateway.report.pack.PackWriter;
import org.tocsin.gateway.report.survey.Surveys;
import org.tocsin.gateway.store.Archive;
import org.tocsin.gateway.store.RedisAccessStore;
import org.tocsin.gateway.store.RedisClientStore;
import org.tocsin.gateway.store.RedisErasures;
import org.tocsin.gateway.store.RedisGoals;
import org.tocsin.gateway.store.RedisJournal;
import org.tocsin.gateway.store.RedisLanes;
import org.tocsin.gateway.store.RedisLedger;
import org.tocsin.gateway.store.RedisOperators;
import org.tocsin.gateway.store.RedisPlans;
import org.tocsin.gateway.store.RedisRegistryStore;
import org.tocsin.gateway.store.RedisReplies;
import org.tocsin.gateway.store.RedisSealStore;
import org.tocsin.gateway.store.RedisSessionStore;
import org.tocsin.gateway.store.RedisSignInBrake;
import org.tocsin.gateway.store.RedisSpends;
import org.tocsin.gateway.store.RedisSummaries;
import org.tocsin.gateway.store.RedisSurveyStore;
import org.tocsin.gateway.store.RedisTextStore;
import org.tocsin.gateway.store.RedisTimelineMemory;
import org.tocsin.gateway.store.RedisWarningStore;
import org.tocsin.gateway.store.RedisWitnessBook;
import org.tocsin.gateway.store.SealFolder;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.targeting.TargetingSettings;
import org.tocsin.gateway.template.CountyTexts;
import org.tocsin.gateway.template.TextPreview;
import org.tocsin.gateway.validation.AlertRules;
import org.tocsin.gateway.validation.EventTypes;
import org.tocsin.gateway.validation.ValidationSettings;
import org.tocsin.gateway.web.LedgerDesk;
import org.tocsin.gateway.web.Metrics;
import org.tocsin.gateway.web.Operations;
import org.tocsin.gateway.web.Proxies;
import org.tocsin.gateway.web.PublicUrl;
import org.tocsin.gateway.web.ReportCounter;
import org.tocsin.gateway.web.Rooms;
import org.tocsin.gateway.web.ScrapeToken;
import org.tocsin.gateway.web.WebConfig;
import org.tocsin.gateway.web.WebLimits;
import org.tocsin.gateway.web.WebServer;
import org.tocsin.wording.Wording;

/**
 * The composition root: makes every room, hands each what it needs, and closes them in reverse order.
 *
 * <p>{@link #start} is long on purpose: it is the one straight line in which a reader sees who knows whom.
 */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /** More than are sealed in the time that who was addressed is kept. */
    private static final int MOST_HELD = 100_000;

    private final Deque<Closing> closing = new ArrayDeque<>();
    private @Nullable WebServer web;
    private @Nullable Registry registry;
    private @Nullable Dispatcher dispatcher;
    private @Nullable MqttTerminalServer terminalServer;
    private Map<String, Capabilities> capabilities = Map.of();
    private String mqttPassword = "";
    private int mqttPort;
    private boolean tls;
    private String host = "";

    private record Closing(String name, AutoCloseable room) {}

    private Gateway() {}

    /**
     * Starts a gateway.
     *
     * @param settings what the operator has set
     * @param bootstrapKeys the first keys as {@code role:key,...}; empty for none
     * @throws RuntimeException when any room does not start; those that did are closed
     */
    static Gateway start(Settings settings, String bootstrapKeys) {
        Gateway gateway = new Gateway();
        try {
            gateway.open(settings, bootstrapKeys);
            return gateway;
        } catch (RuntimeException failed) {
            gateway.close();
            throw failed;
        }
    }

    private void open(Settings settings, String bootstrapKeys) {
        InstantSource clock = InstantSource.system();
        SecureRandom random = new SecureRandom();
        ZoneId zone = ZoneId.of(settings.text(SettingKey.ZONE));

        Witnesses.require(settings);
        ApprovalMatrix matrix = RoomSettings.matrix(settings);
        Goals goals = RoomSettings.goals(settings);
        OidcSignIn oidc = RoomSettings.oidc(settings, random, clock);
        BootstrapKeys firstKeys = bootstrapKeys.isBlank() ? null : RoomSettings.firstKeys(bootstrapKeys);

        OpenStore store = keep("store", OpenStore.open(settings));
        RedisLedger ledger = new RedisLedger(store.redis());
        RedisClientStore clients = new RedisClientStore(store.redis(), ledger);
        AccessDesk accessDesk = AccessDesk.open(
                new AccessDesk.Stores(
                        clients,
                        new RedisAccessStore(store.redis(), ledger),
                        new RedisSessionStore(store.redis()),
                        new RedisSignInBrake(store.redis())),
                Passwords.standard(random),
                RoomSettings.accessKey(settings, random),
                RoomSettings.matrixText(settings),
                SessionLife.STANDARD,
                random,
                clock);
        if (firstKeys != null) {
            accessDesk.access().bootstrap(firstKeys);
        }

        RedisRegistryStore kept = new RedisRegistryStore(store.redis());
        HeapRoom.require(Registry.peopleKept(kept), Runtime.getRuntime().maxMemory());
        Registry people = Registry.open(kept);
        registry = people;
        warnOfUnknown(goals, people);
        Targeting targeting = new Targeting(new TargetingSettings(TargetingSettings.DEFAULT.geocodeNames(), zone));

        Vertx vertx = Vertx.vertx();
        keep("event loops", () -> await(vertx.close()));
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, daemon("link-timer"));
        keep("timer", timer::shutdownNow);
        VertxHttpExchange http = keep("http client", new VertxHttpExchange(vertx, VertxHttpExchange.Limits.standard()));
        TerminalBook terminalBook = new TerminalBook(clock);
        TerminalLink terminals = openTerminals(settings, vertx, people, terminalBook);

        List<Channel> channels = new ArrayList<>();
        ServiceLoader.load(Channel.class).forEach(channels::add);
        channels.forEach(channel -> LOG.debug("channel {}", channel.name()));
        capabilities =
                channels.stream().collect(java.util.stream.Collectors.toMap(Channel::name, Channel::capabilities));
        CamelBridge camel = keep("camel", CamelBridge.start());
        WarningStore warnings = new RedisWarningStore(store.redis(), ledger);
        RedisJournal journal = keep("journal", new RedisJournal(store.redis()));
        Archive archive = new Archive(store.redis(), ledger, RoomSettings.archiveFolder(settings));
        RedisLanes lanes = keep("lanes", new RedisLanes(store.redis()));
        OperatorBook operators = new OperatorBook(new RedisOperators(store.redis()), ImportLimits.DEFAULT);
        Replies replies = keep(
                "replies",
                new Replies(
                        new RedisReplies(store.redis()),
                        CareSettings.words(settings),
                        Duration.ofDays(settings.integer(SettingKey.RETENTION_REPLIES)),
                        clock));
        SendingCare care = CareSettings.care(settings, operators, replies, new RedisSpends(store.redis()));
        CountyDispatcher links = keep(
                "dispatch",
                new CountyDispatcher(
                        settings.links().entrySet().stream()
                                .map(link -> LinkSpec.of(link.getKey(), link.getValue()))
                                .toList(),
                        channels,
                        new DispatchStore(journal, lanes, lanes, new RedisPlans(store.redis()), archive),
                        new AudienceSource(people, targeting, Wording.standard()),
                        new LinkGear(clock, random, timer, http, terminals),
                        camel,
                        this::linkThread,
                        store.node(random),
                        DispatchSettings.standard(),
                        IssueStates.none(),
                        care));
        dispatcher = links;
        replies.start(new SentMessages(links));
        if (links.links().isEmpty()) {
            LOG.warn("no link is set up (links.<id> in the settings), so no warning reaches anybody");
        }
        // Only now that the channels listen may terminals report.
        MqttTerminalServer end = terminalServer;
        if (end != null) {
            mqttPort = listening(SettingKey.MQTT_HOST, SettingKey.MQTT_PORT, settings, () -> await(end.start()));
        }

        ScheduledExecutorService coverageWorker = Executors.newScheduledThreadPool(1, daemon("coverage"));
        keep("coverage", coverageWorker::shutdownNow);
        SummaryStore summaryStore = new RedisSummaries(store.redis());
        CoverageTracker tracker = new CoverageTracker(
                issue -> links.area(issue)
                        .flatMap(area -> warnings.find(issue).map(warning -> CoverageSubject.of(warning, area))),
                links::evidence,
                new RedisTimelineMemory(store.redis()),
                clock,
                coverageWorker,
                new GoalAtSignOff(goals, zone),
                new RedisGoals(store.redis()),
                issue -> summaryStore
                        .find(issue)
                        .map(summary -> new Course(summary.curve(), summary.hours()))
                        .orElse(Course.NONE));
        links.onChange(tracker::changed);

        WarningFlow flow = keep("warning flow", new WarningFlow(warnings, links, settings.list(SettingKey.CHANNELS)));
        Places places = new Places(targeting, people, clock);
        AlertWriter writer = alert -> CapWriter.write(alert).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        AlertFacts facts = AlertFacts.byCodes(Set.of(), Set.of(), places);
        SignOff signOff = new SignOff(
                warnings, RoomSettings.matrix(accessDesk.rights(), matrix), facts, writer, clock, random, flow::signed);
        EventTypes events = EventTypes.standard();
        KnownWarnings known = new KnownWarnings(warnings);
        Intake intake = new Intake(
                new AlertReader(events),
                new AlertRules(ValidationSettings.STANDARD, events, places, known),
                known,
                usable(settings),
                signOff,
                clock);

        CoverageReport report = new CoverageReport(zone);
        Supplier<KeyPair> key = RoomSettings.evidenceKey(settings);
        RedisSealStore seals = new RedisSealStore(store.redis(), ledger);
        DailySeals daily = keep(
                "ledger seals",
                new DailySeals(
                        new Sealer(ledger, seals, key, zone, clock),
                        seals,
                        SealFolder.own(RoomSettings.dataFolder(settings, "seals")),
                        Witnesses.of(settings, http),
                        clock));
        WitnessDesk desk =
                new WitnessDesk(new RedisWitnessBook(store.redis(), ledger), Witnesses.signers(settings), key, clock);
        PackWriter packs =
                new PackWriter(new PackedEvidence(links, tracker, report, writer, people, ledger), key, random, clock);
        Duration sealAfter = Duration.ofMinutes(settings.integer(SettingKey.SEAL_AFTER));
        SummaryKeeper summaries = new SummaryKeeper(
                tracker,
                warnings::find,
                issue -> archive.find(issue).map(Archive.Sealed::coverage),
                new SummaryMaker(people::view, RoomSettings.providers(settings), facts),
                summaryStore,
                sealAfter,
                clock,
                zone);
        Sealing sealing = keep(
                "sealing",
                new Sealing(
                        warnings,
                        links,
                        tracker,
                        packs,
                        archive,
                        (warning, packed) -> summaries.settle(warning, packed.evidence(), packed.coverage()),
                        sealAfter,
                        clock));
        WarningReports reports = new WarningReports(
                tracker,
                report,
                links,
                targeting,
                people,
                capabilities,
                clock,
                packs,
                archive,
                summaries,
                new UnreachedList(links, people, capabilities, ledger, clock));
        Surveys surveys = new Surveys(
                new RedisSurveyStore(store.redis(), ledger),
                links::area,
                warning -> Optional.ofNullable(reports.coverage(warning)),
                people,
                ledger,
                random,
                clock);
        Retention retention = keep(
                "retention",
                new Retention(
                        archive,
                        warnings,
                        links,
                        Duration.ofDays(settings.integer(SettingKey.RETENTION_PERSONS)),
                        clock));
        RedisErasures erasures = new RedisErasures(store.redis(), ledger);
        Erased erased = new Erased(erasures);
        ScheduledExecutorService reportWorker = Executors.newScheduledThreadPool(1, daemon("reports"));
        keep("reports", reportWorker::shutdownNow);
        ReportCounter counter = CountyReports.open(
                summaryStore,
                people,
                ledger,
                events,
                capabilities.keySet(),
                zone,
                RoomSettings.dataFolder(settings, "exports"),
                clock,
                random,
                reportWorker);
        PersonalDataDesk persons = new PersonalDataDesk(
                people, erased, erasures, warnings, links, archive, retention, replies, ledger, clock);
        Metrics metrics = new Metrics();
        daily.show(metrics);
        metrics.gauge(
                "tocsin_witness_contradictions",
                "Seals of other counties that contradict those that are kept here as their witness.",
                desk::contradictionCount);
        LinkMetrics.show(metrics, links, this::connectedTerminals);
        Import imports = new Import(people, ImportLimits.DEFAULT, erased::asOfNow);
        Operations operations = operations(
                settings,
                store,
                ledger,
                people,
                imports,
                new SignedWarnings(warnings, links, archive),
                links,
                terminalBook,
                clock,
                zone,
                random);
        LinkPage linkPage = new LinkPage(links, replies);
        linkPage.show(metrics);
        WebServer front = keep(
                "web",
                listening(
                        SettingKey.HOST,
                        SettingKey.PORT,
                        settings,
                        () -> WebServer.start(
                                webConfig(settings),
                                new Rooms(
                                        accessDesk,
                                        oidc,
                                        signOff,
                                        warnings,
                                        new IntakeReception(intake),
                                        reports,
                                        surveys,
                                        counter,
                                        new RegistryImports(imports, operators, ledger, clock),
                                        links::callback,
                                        linkPage,
                                        new LedgerDesk(ledger, seals, desk, daily::witnesses),
                                        persons,
                                        operations,
                                        writer,
                                        store,
                                        new CountyWatch(
                                                tracker,
                                                links,
                                                targeting,
                                                people,
                                                settings.list(SettingKey.CHANNELS),
                                                end == null ? null : end::isOnline,
                                                clock),
                                        metrics,
                                        clock,
                                        zone,
                                        IssuingRoom.open(
                                                new IssuingRoom.Neighbours(
                                                        store.redis(),
                                                        ledger,
                                                        people,
                                                        targeting,
                                                        capabilities,
                                                        usable(settings),
                                                        matrix,
                                                        facts,
                                                        events,
                                                        terminalServer == null
                                                                ? TerminalHealth.unknown()
                                                                : code -> TerminalsSeen.health(
                                                                        operations
                                                                                .terminals()
                                                                                .of(code)
                                                                                .condition()),
                                                        operations.texts()),
                                                settings,
                                                clock,
                                                zone,
                                                random)))));
        web = front;
        tracker.onChange(snapshot -> front.coverageChanged(snapshot.subject().issue()));
        tracker.onChange(snapshot -> summaries.changed(snapshot.subject().issue()));
        signOff.watch(change -> summaries.changed(change.warning().id()));
        ScheduledExecutorService summaryWorker = Executors.newScheduledThreadPool(1, daemon("summaries"));
        keep("summaries", summaryWorker::shutdownNow);
        // What changed last before a crash was perhaps not kept.
        links.ended().forEach(summaries::changed);
        archive.held(clock.instant(), 0, MOST_HELD).forEach(held -> summaries.changed(held.issue()));
        flow.underWay().forEach(warning -> summaries.changed(warning.id()));
        summaries.start(summaryWorker);
        // It looks at everybody in the registry: no warning waits for that.
        summaryWorker.execute(() -> removeListed(persons));
        flow.start(signOff);
        sealing.start();
        daily.start();
        retention.start();
    }

    private Operations operations(
            Settings settings,
            OpenStore store,
            RedisLedger ledger,
            Registry people,
            Import imports,
            SignedWarnings warnings,
            CountyDispatcher links,
            TerminalBook terminals,
            InstantSource clock,
            ZoneId zone,
            SecureRandom random) {
        ExecutorService worker = Executors.newSingleThreadExecutor(daemon("imports"));
        keep("imports", worker::shutdownNow);
        try {
            return new Operations(
                    people,
                    new ImportDesk(
                            people,
                            imports,
                            warnings,
                            ledger,
                            RoomSettings.dataFolder(settings, "imports"),
                            clock,
                            random,
                            worker),
                    links,
                    new TerminalsSeen(terminalServer, terminals, links.reports(), clock),
                    new CountyTexts(
                            new RedisTextStore(store.redis(), ledger),
                            new TextPreview(Wording.standard(), clock, zone),
                            clock));
        } catch (IOException failed) {
            throw new UncheckedIOException("the folder for imports cannot be made", failed);
        }
    }

    private static void removeListed(PersonalDataDesk persons) {
        try {
            int removed = persons.removeListed();
            if (removed > 0) {
                LOG.warn("{} persons who asked to be erased were in the registry, and are removed", removed);
            }
        } catch (RuntimeException failed) {
            LOG.warn(
                    "whether persons who asked to be erased are in the registry is looked at again at the next start: {}",
                    failed.toString());
        }
    }

    /** Where the gateway is reached by HTTP. */
    URI http() {
        WebServer server = there(web);
        return URI.create((tls ? "https://" : "http://") + host + ":" + server.port() + "/");
    }

    /** The registry. */
    Registry registry() {
        return there(registry);
    }

    /** The dispatcher. */
    Dispatcher dispatcher() {
        return there(dispatcher);
    }

    /** Where terminals connect; 0 where there is no such end. */
    int mqttPort() {
        return mqttPort;
    }

    /** What terminals sign in with. */
    String mqttPassword() {
        return mqttPassword;
    }

    /** How many terminals are connected to the gateway's own end. */
    int connectedTerminals() {
        MqttTerminalServer server = terminalServer;
        return server == null ? 0 : server.connected();
    }

    /** What an issue still waits for; empty before it is planned. */
    Optional<OpenCounts> open(String issue) {
        return dispatcher().evidence(issue).map(IssueEvidence::open);
    }

    /** The channels on which an issue was planned. */
    Set<String> plannedChannels(String issue) {
        return dispatcher().evidence(issue).map(IssueEvidence::channels).orElse(Set.of());
    }

    /** How many submits of an issue were unanswered when they were tried again or given to another link. */
    int unansweredRepeats(String issue) {
        return dispatcher().evidence(issue).map(IssueEvidence::possibleDoubles).orElse(0);
    }

    /** What each link did for an issue, by the link's id. */
    Map<String, ChannelCounts> countsByLink(String issue) {
        Map<String, ChannelCounts> counts = new TreeMap<>();
        dispatcher().evidence(issue).ifPresent(evidence -> evidence.channels()
                .forEach(channel -> counts.putAll(evidence.channel(channel).countsByLink())));
        return counts;
    }

    /** An issue's evidence on a channel, by address. */
    CarriersBooks.Evidence addresses(String issue, String channel) {
        ChannelEvidence evidence = dispatcher().evidence(issue).orElseThrow().channel(channel);
        Capabilities known = capabilities.get(channel);
        if (known != null && known.addressing() instanceof Addressing.Person person) {
            return new PlannedAddresses(evidence, number -> registry().people().address(person.column(), number));
        }
        return new PlannedAddresses(
                evidence, number -> registry().terminals().get(number).code());
    }

    /** The channels that have a link; all that are there while none has one, as on a gateway that is being set up. */
    private Set<String> usable(Settings settings) {
        Set<String> linked = settings.links().entrySet().stream()
                .map(link -> LinkSpec.of(link.getKey(), link.getValue()).channel())
                .collect(java.util.stream.Collectors.toSet());
        return linked.isEmpty() ? capabilities.keySet() : linked;
    }

    private TerminalLink openTerminals(Settings settings, Vertx vertx, Registry people, TerminalPresence presence) {
        String broker = settings.text(SettingKey.MQTT_BROKER);
        if (!broker.isEmpty()) {
            URI address = URI.create(broker);
            MqttBrokerLink link = keep(
                    "terminals",
                    new MqttBrokerLink(
                            vertx,
                            MqttBrokerSettings.plain(
                                    address.getHost(),
                                    address.getPort(),
                                    "tocsin-gateway",
                                    settings.text(SettingKey.MQTT_USER),
                                    settings.find(SettingKey.MQTT_PASSWORD).orElse(null))));
            link.start();
            return link;
        }
        if (settings.find(SettingKey.MQTT_PASSWORD).isEmpty()) {
            LOG.info("no mqtt.password is set, so terminals cannot connect");
            return new NoTerminals();
        }
        mqttPassword = settings.text(SettingKey.MQTT_PASSWORD);
        String certificate = settings.text(SettingKey.TLS_CERT);
        MqttTerminalServer server = keep(
                "terminals",
                new MqttTerminalServer(
                        vertx,
                        new MqttTerminalSettings(
                                settings.text(SettingKey.MQTT_HOST),
                                settings.integer(SettingKey.MQTT_PORT),
                                MqttTerminalSettings.DEFAULT_MAX_TERMINALS,
                                MqttTerminalSettings.DEFAULT_MAX_KEEP_ALIVE,
                                certificate.isEmpty() ? null : Path.of(certificate),
                                certificate.isEmpty() ? null : Path.of(settings.text(SettingKey.TLS_KEY))),
                        TerminalAuthenticator.shared(
                                mqttPassword,
                                code -> people.terminals().find(code).isPresent()),
                        presence));
        terminalServer = server;
        return server;
    }

    private WebConfig webConfig(Settings settings) {
        host = settings.text(SettingKey.HOST);
        String certificate = settings.text(SettingKey.TLS_CERT);
        tls = !certificate.isEmpty();
        WebConfig config = WebConfig.loopback(settings.integer(SettingKey.PORT))
                .withLimits(WebLimits.STANDARD.withRate(
                        settings.integer(SettingKey.REQUESTS), settings.integer(SettingKey.REQUESTS_BURST)))
                .behind(Proxies.of(settings.text(SettingKey.TRUSTED_PROXIES)))
                .withPublicUrl(
                        settings.find(SettingKey.PUBLIC_URL).map(PublicUrl::of).orElse(null))
                .withScrapeToken(settings.find(SettingKey.METRICS_TOKEN)
                        .map(ScrapeToken::of)
                        .orElse(null));
        return tls
                ? config.withTls(host, Path.of(certificate), Path.of(settings.text(SettingKey.TLS_KEY)))
                : config.on(host, settings.flag(SettingKey.INSECURE));
    }

    private static void warnOfUnknown(Goals goals, Registry people) {
        for (Goal goal : goals.goals()) {
            String division = goal.division();
            if (division != null && people.divisions().find(division).isEmpty()) {
                LOG.warn(
                        "{}: the registry has no division {}; its goal applies to none of the registry's villages if the"
                                + " code is wrong",
                        SettingKey.GOALS.setting(),
                        division);
            }
        }
    }

    /** Starts to listen; where another has the port, says which and what to do. */
    private static <T> T listening(SettingKey host, SettingKey port, Settings settings, Supplier<T> start) {
        try {
            return start.get();
        } catch (RuntimeException failed) {
            for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException) {
                    throw new IllegalStateException(
                            settings.text(host) + ":" + settings.text(port) + " cannot be listened on ("
                                    + cause.getMessage() + "): end what has it, or set " + port.setting()
                                    + (port == SettingKey.PORT ? " (--port)" : "")
                                    + " to another port, or to 0 for a free one",
                            failed);
                }
            }
            throw failed;
        }
    }

    private Executor linkThread(String link) {
        ExecutorService thread = Executors.newSingleThreadExecutor(daemon("link-" + link));
        keep("link " + link, thread::shutdownNow);
        return thread;
    }

    private static java.util.concurrent.ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    private <R extends AutoCloseable> R keep(String name, R room) {
        closing.push(new Closing(name, room));
        return room;
    }

    private static <T> T there(@Nullable T room) {
        if (room == null) {
            throw new IllegalStateException("the gateway is not started");
        }
        return room;
    }

    private static <T> T await(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed.getCause() == null ? failed : failed.getCause());
        }
    }

    @Override
    public void close() {
        // Rooms wait for what they close, also where an interrupt is why they close.
        boolean interrupted = Thread.interrupted();
        while (!closing.isEmpty()) {
            Closing next = closing.pop();
            try {
                next.room().close();
            } catch (Exception failed) {
                LOG.warn("{} did not close: {}", next.name(), failed.toString());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
