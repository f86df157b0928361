package org.tocsin.gateway.approval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LifeCycleTest {
    /** The whole life cycle, written down a second time and by hand: state, act, states that may follow. */
    private static final String EXPECTED =
            """
            draft edit draft
            draft submit inReview awaitingSignature
            draft close closed
            returned edit returned
            returned submit inReview awaitingSignature
            returned close closed
            inReview approve inReview awaitingSignature
            inReview return returned
            inReview reject rejected
            inReview withdraw draft
            inReview expire expired
            awaitingSignature approve awaitingSignature signed
            awaitingSignature return returned
            awaitingSignature reject rejected
            awaitingSignature withdraw draft
            awaitingSignature expire expired
            signed dispatch dispatching
            signed stop stopped
            signed cancel signed
            signed supersede superseded
            signed end cancelled
            signed expire expired
            dispatching activate active
            dispatching stop stopped
            dispatching cancel dispatching
            dispatching supersede superseded
            dispatching end cancelled
            dispatching expire expired
            active stop stopped
            active cancel active
            active supersede superseded
            active end cancelled
            active expire expired
            active close closed
            stopped resume dispatching
            stopped cancel stopped
            stopped supersede superseded
            stopped end cancelled
            stopped expire expired
            stopped close closed
            expired cancel expired
            expired supersede superseded
            expired end cancelled
            expired close closed
            superseded close closed
            cancelled close closed
            """;

    static Stream<Arguments> allPairs() {
        Map<String, Set<WarningState>> expected = new HashMap<>();
        EXPECTED.lines().map(line -> line.split(" ")).forEach(words -> {
            Set<WarningState> states = Stream.of(words)
                    .skip(2)
                    .map(word -> WarningState.of(word).orElseThrow())
                    .collect(Collectors.toSet());
            expected.put(words[0] + " " + words[1], states);
        });
        return Stream.of(WarningState.values()).flatMap(state -> Stream.of(Act.values())
                .map(act ->
                        Arguments.of(state, act, expected.getOrDefault(state.word() + " " + act.word(), Set.of()))));
    }

    @ParameterizedTest
    @MethodSource("allPairs")
    void leadsFromEachStateByEachActWhereTheTableSays(WarningState from, Act act, Set<WarningState> to) {
        assertEquals(to, LifeCycle.after(from, act));
        assertEquals(!to.isEmpty(), LifeCycle.allows(from, act));
        for (WarningState allowed : to) {
            assertEquals(allowed, LifeCycle.move(from, act, allowed));
        }
        for (WarningState forbidden : EnumSet.allOf(WarningState.class)) {
            if (!to.contains(forbidden)) {
                assertThrows(IllegalStateException.class, () -> LifeCycle.move(from, act, forbidden));
            }
        }
    }
}
