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
import org.tocsin.alert.Content;
import org.tocsin.gateway.registry.RegistryView;
import org.tocsin.gateway.targeting.Target;
import org.tocsin.gateway.targeting.TargetRefused;
import org.tocsin.gateway.targeting.Targeting;
import org.tocsin.gateway.targeting.TargetingSettings;

/** Who lives in a polygon, by their positions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PolygonBenchmark {
    private static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");

    /** How many people; given by whoever runs it. */
    @Param("1200000")
    @SuppressWarnings("NullAway.Init") // the runner sets it
    public String people;

    /** How many points the polygon has. */
    @Param({"50", "500", "5000"})
    @SuppressWarnings("NullAway.Init") // the runner sets it
    public String points;

    private final Targeting targeting = new Targeting(TargetingSettings.DEFAULT);

    @SuppressWarnings("NullAway.Init") // the runner calls setUp
    private RegistryView registry;

    @SuppressWarnings("NullAway.Init") // the runner calls setUp
    private List<Content> contents;

    /** Made by the runner. */
    public PolygonBenchmark() {}

    /** Makes the people and the polygon. */
    @Setup
    public void setUp() {
        registry = MadeUpCounty.view(1, Integer.parseInt(people), true);
        contents = MadeUpCounty.contents(MadeUpCounty.star(registry.divisions(), Integer.parseInt(points)));
    }

    /** Targets the polygon. */
    @Benchmark
    public Target polygon() throws TargetRefused {
        return targeting.target(contents, "residents", registry, NOON);
    }
}
