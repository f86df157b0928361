package org.tocsin.load;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The suite speaks to the gateway over its ports; only its benchmarks use the gateway's classes. */
@AnalyzeClasses(packages = "org.tocsin.load", importOptions = DoNotIncludeTests.class)
class SuiteArchitectureTest {
    @ArchTest
    static final ArchRule ONLY_BENCHMARKS_KNOW_THE_GATEWAY = noClasses()
            .that()
            .resideOutsideOfPackage("org.tocsin.load.jmh..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.tocsin.gateway..", "org.tocsin.channel..");
}
