package org.tocsin.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tocsin.alert.Level;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Approval;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.LifeCycle;
import org.tocsin.gateway.approval.Sample;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;

/** People with many roles do anything at any time; whatever they try, nobody signs what is theirs. */
@ExtendWith(RedisExtension.class)
class SignOffSimulation {
    private static final List<Level> LEVELS = List.of(Level.values());
    private static final List<Act> ACTS = List.of(Act.values());
    private static final List<Principal> PEOPLE = List.of(
            person("a", Role.ISSUER, Role.REVIEWER, Role.SIGNER),
            person("b", Role.ISSUER, Role.SIGNER),
            person("c", Role.REVIEWER, Role.SIGNER),
            person("d", Role.ISSUER),
            person("e", Role.AUDITOR, Role.ADMIN));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20260720})
    void neverSignsAgainstTheMatrix(long seed, Redis redis) {
        Random random = new Random(seed);
        SignOffDesk desk = new SignOffDesk(redis, ApprovalMatrix.standard());
        List<String> ids = new ArrayList<>();
        int done = 0;
        for (int step = 0; step < 400; step++) {
            Principal who = PEOPLE.get(random.nextInt(PEOPLE.size()));
            if (ids.isEmpty() || random.nextInt(8) == 0) {
                Level level = LEVELS.get(random.nextInt(LEVELS.size()));
                Decision posted = desk.signOff.post(
                        who, Sample.alert("A" + step).level(level).posting(), random.nextBoolean());
                if (posted instanceof Decision.Done made) {
                    ids.add(made.warning().id());
                }
                continue;
            }
            Warning before =
                    desk.store.find(ids.get(random.nextInt(ids.size()))).orElseThrow();
            Decision decision = random.nextInt(6) == 0
                    ? desk.signOff.edit(
                            who,
                            before.id(),
                            before.version(),
                            Sample.alert(before.alert().identifier())
                                    .level(before.level())
                                    .posting())
                    : desk.signOff.act(
                            who,
                            before.id(),
                            ACTS.get(random.nextInt(ACTS.size())),
                            new Details(before.version(), "why", true));
            if (decision instanceof Decision.Done one && !one.created()) {
                done++;
                assertEquals(before.version() + 1, one.warning().version());
                Act act = one.warning()
                        .history()
                        .get(one.warning().history().size() - 1)
                        .act();
                assertTrue(LifeCycle.after(before.state(), act)
                        .contains(one.warning().state()));
            } else if (decision instanceof Decision.Done made) {
                ids.add(made.warning().id());
            } else {
                assertEquals(before, desk.now(before));
            }
        }
        assertTrue(done > 20, "only " + done + " acts were done");
        ids.forEach(id -> checkSigned(desk.store.find(id).orElseThrow()));
        assertTrue(desk.ledger.verify().holds());
    }

    private static void checkSigned(Warning warning) {
        if (warning.signed() == null) {
            return;
        }
        Set<String> hands = new HashSet<>(warning.authors());
        for (Approval approval : warning.approvals()) {
            assertTrue(hands.add(approval.by()), approval.by() + " acted twice in " + warning);
        }
        assertEquals(warning.level().lane() <= 2 ? 2 : 1, warning.approvals().size(), warning.toString());
        assertTrue(warning.state() == WarningState.CLOSED || warning.state().compareTo(WarningState.SIGNED) >= 0);
    }

    private static Principal person(String id, Role... roles) {
        return new Principal(id, id, Principal.Kind.PERSON, Set.of(roles), Set.of(), Set.of());
    }
}
