package org.tocsin.gateway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.tocsin.gateway.access.Principal;
import org.tocsin.gateway.access.Role;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.AlertFacts;
import org.tocsin.gateway.approval.ApprovalMatrix;
import org.tocsin.gateway.approval.Decision;
import org.tocsin.gateway.approval.Details;
import org.tocsin.gateway.approval.Posting;
import org.tocsin.gateway.approval.SignOff;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.approval.WarningState;

/** A sign-off over a real Redis with people at it, for tests. */
final class SignOffDesk {
    static final Principal ISSUER = person("issuer", Role.ISSUER);
    static final Principal OTHER_ISSUER = person("issuer2", Role.ISSUER);
    static final Principal REVIEWER = person("reviewer", Role.REVIEWER);
    static final Principal SIGNER = person("signer", Role.SIGNER);
    static final Principal OTHER_SIGNER = person("signer2", Role.SIGNER);
    static final Principal ALL_ROLES =
            new Principal("chief", "chief", Principal.Kind.PERSON, Set.of(Role.values()), Set.of(), Set.of());

    final RedisLedger ledger;
    final RedisWarningStore store;
    final SignOff signOff;
    final List<Warning> signed = new ArrayList<>();
    Instant now = Instant.parse("2026-07-20T00:00:00.500Z");

    SignOffDesk(Redis redis, ApprovalMatrix matrix) {
        this(redis, matrix, 7);
    }

    SignOffDesk(Redis redis, ApprovalMatrix matrix, long seed) {
        ledger = new RedisLedger(redis);
        store = new RedisWarningStore(redis, ledger);
        signOff = new SignOff(
                store,
                matrix,
                AlertFacts.byCodes(Set.of(), Set.of(), area -> Set.of()),
                alert -> alert.identifier().getBytes(UTF_8),
                () -> now,
                new Random(seed),
                signed::add);
    }

    static Principal person(String id, Role role) {
        return new Principal(id, id, Principal.Kind.PERSON, Set.of(role), Set.of(), Set.of());
    }

    Warning post(Posting posting) {
        return done(signOff.post(ISSUER, posting, false));
    }

    Warning draft(Posting posting) {
        return done(signOff.post(ISSUER, posting, true));
    }

    Decision approve(Principal principal, Warning warning) {
        return signOff.act(principal, warning.id(), Act.APPROVE, new Details(warning.version(), null, true));
    }

    Decision act(Principal principal, Warning warning, Act act) {
        return signOff.act(principal, warning.id(), act, new Details(null, "because"));
    }

    Warning signedBy(Principal signer, Warning warning) {
        return done(approve(signer, warning));
    }

    WarningState state(Warning warning) {
        return now(warning).state();
    }

    Warning now(Warning warning) {
        return store.find(warning.id()).orElseThrow();
    }

    static Warning done(Decision decision) {
        if (decision instanceof Decision.Done done) {
            return done.warning();
        }
        throw new AssertionError(decision.toString());
    }

    static String denied(Decision decision) {
        if (decision instanceof Decision.Denied denied) {
            return denied.why() + " " + denied.code();
        }
        throw new AssertionError(decision.toString());
    }
}
