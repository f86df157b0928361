package org.tocsin;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds who may know whom, as architecture.md in the documents draws it. */
@AnalyzeClasses(
        packages = "org.tocsin",
        importOptions = {DoNotIncludeTests.class, ArchitectureTest.DoNotIncludeTestJars.class})
class ArchitectureTest {
    /** Leaves out the test kits that come as jars. */
    static final class DoNotIncludeTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule VOCABULARY_IS_PURE = classes()
            .that()
            .resideInAPackage("org.tocsin.alert..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "org.tocsin.alert..");

    @ArchTest
    static final ArchRule CHANNEL_API_KNOWS_ONLY_CAMELS_API = classes()
            .that()
            .resideInAPackage("org.tocsin.channel")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "org.jspecify..", "org.apache.camel", "org.tocsin.alert..", "org.tocsin.channel");

    @ArchTest
    static final ArchRule CHANNELS_DO_NOT_KNOW_EACH_OTHER = slices().matching("org.tocsin.channel.(*)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule CHANNELS_AND_WORDING_DO_NOT_KNOW_THE_GATEWAY = noClasses()
            .that()
            .resideInAnyPackage("org.tocsin.channel..", "org.tocsin.wording..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.lettuce..", "org.tocsin.gateway..", "org.tocsin.simulator..");

    @ArchTest
    static final ArchRule ONLY_THE_STORE_KNOWS_REDIS = noClasses()
            .that()
            .resideOutsideOfPackage("org.tocsin.gateway.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..", "redis.embedded..");

    @ArchTest
    static final ArchRule ONLY_DISPATCH_CAMEL_KNOWS_CAMEL = noClasses()
            .that()
            .resideInAPackage("org.tocsin.gateway..")
            .and()
            .resideOutsideOfPackage("org.tocsin.gateway.dispatch.camel..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule ONLY_THE_LINK_ROOM_KNOWS_MQTT_AND_CLIENTS = noClasses()
            .that()
            .resideInAPackage("org.tocsin.gateway..")
            .and()
            .resideOutsideOfPackage("org.tocsin.gateway.link..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.mqtt..");

    @ArchTest
    static final ArchRule ONLY_THE_LINK_ROOM_KNOWS_MAIL = noClasses()
            .that()
            .resideInAPackage("org.tocsin.gateway..")
            .and()
            .resideOutsideOfPackage("org.tocsin.gateway.link..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..");

    @ArchTest
    static final ArchRule ONLY_WEB_KNOWS_VERTX_WEB = noClasses()
            .that()
            .resideInAPackage("org.tocsin.gateway..")
            .and()
            .resideOutsideOfPackage("org.tocsin.gateway.web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.ext.web..");

    @ArchTest
    static final ArchRule PURE_ROOMS_ARE_PURE = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.tocsin.gateway.validation..",
                    "org.tocsin.gateway.approval..",
                    "org.tocsin.gateway.targeting..",
                    "org.tocsin.gateway.coverage..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "org.apache.camel..", "io.lettuce..")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.OffsetDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule FLOORS = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("org.tocsin.gateway..")
            .withOptionalLayers(true)
            .layer("app")
            .definedBy("..gateway.app..")
            .layer("edges")
            .definedBy("..gateway.escalation..", "..gateway.store..", "..gateway.link..", "..gateway.web..")
            .layer("fan-out")
            .definedBy("..gateway.dispatch..", "..gateway.reply..", "..gateway.report..", "..gateway.issue..")
            .layer("rooms")
            .definedBy("..gateway.targeting..", "..gateway.intake..", "..gateway.coverage..")
            .layer("rules")
            .definedBy("..gateway.validation..", "..gateway.receipt..", "..gateway.approval..")
            .layer("people")
            .definedBy("..gateway.registry..", "..gateway.access..", "..gateway.template..")
            .layer("ledger")
            .definedBy("..gateway.ledger..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("edges")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("fan-out")
            .mayOnlyBeAccessedByLayers("app", "edges")
            .whereLayer("rooms")
            .mayOnlyBeAccessedByLayers("app", "edges", "fan-out")
            .whereLayer("rules")
            .mayOnlyBeAccessedByLayers("app", "edges", "fan-out", "rooms")
            .whereLayer("people")
            .mayOnlyBeAccessedByLayers("app", "edges", "fan-out", "rooms", "rules");

    @ArchTest
    static final ArchRule THERE_IS_NO_CIRCLE =
            slices().matching("org.tocsin.gateway.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule WEB_NEVER_CALLS_THE_STORE = noClasses()
            .that()
            .resideInAPackage("org.tocsin.gateway.web..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.tocsin.gateway.store..");
}
