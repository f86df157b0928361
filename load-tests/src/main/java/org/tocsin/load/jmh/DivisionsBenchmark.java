package org.tocsin.load.jmh;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.roaringbitmap.RoaringBitmap;
import org.tocsin.alert.Content;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.targeting.AudienceExpression;
import org.tocsin.gateway.targeting.Target;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.targeting.TargetingSettings;

/** Divisions × audience, and the algebra of audiences with opt-outs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DivisionsBenchmark {
    private static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");

    /** How many people; given by whoever runs it. */
    @Param("1200000")
    @SuppressWarnings("NullAway.Init") // the runner sets it
    public String people;

    private final Targeting targeting = new Targeting(TargetingSettings.DEFAULT);
    private final AudienceExpression algebra = AudienceExpression.parse("residents-responsible&officers");
    private final List<Content> county = MadeUpCounty.contents(MadeUpCounty.codes(MadeUpCounty.CODE));

    @SuppressWarnings("NullAway.Init") // the runner calls setUp
    private RegistryView registry;

    /** Made by the runner. */
    public DivisionsBenchmark() {}

    /** Makes the people. */
    @Setup
    public void setUp() {
        registry = MadeUpCounty.view(1, Integer.parseInt(people), false);
    }

    /** Who of an audience lives in the county. */
    @Benchmark
    public Target divisionsAndAudience() throws TargetRefused {
        return targeting.target(county, "officers", registry, NOON);
    }

    /** Residents who have not opted out, of an audience, with a phone. */
    @Benchmark
    public RoaringBitmap audienceAlgebra() {
        return RoaringBitmap.and(
                algebra.among(registry.people()), registry.people().reachable("phone"));
    }
}
