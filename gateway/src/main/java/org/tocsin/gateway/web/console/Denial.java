package org.tocsin.gateway.web.console;

import org.jspecify.annotations.Nullable;
import org.tocsin.gateway.approval.Act;
import org.tocsin.gateway.approval.Decision.Denied;
import org.tocsin.gateway.approval.Step;
import org.tocsin.gateway.approval.Trace;
import org.tocsin.gateway.approval.Warning;
import org.tocsin.gateway.ledger.Deed;

/** Why something was not done, in the page's language. */
final class Denial {
    private Denial() {}

    /** In words; where somebody else was faster, with who it was and what they did. */
    static String words(Denied denied, Phrases phrases) {
        Warning now = denied.current();
        Trace last = now == null ? null : lastOfPeople(now);
        boolean late = denied.code().equals("version.stale") || denied.code().equals("state");
        if (late && last != null) {
            return phrases.of("sign.denied.late", last.name(), act(last.act(), phrases), state(now, phrases));
        }
        String key = "sign.denied." + denied.code();
        Step next = now == null ? null : now.nextStep();
        String role = next == null ? "" : phrases.of("base.role." + next.role().word());
        return phrases.has(key) ? phrases.of(key, role) : phrases.of("sign.denied.other", denied.code());
    }

    /**
     * Whether the principal has done just this already, so that asking again, by a second click or out of an old page,
     * changes nothing and is no mistake.
     */
    static boolean isRepeat(Denied denied, String principal, Act act, @Nullable Long version) {
        Warning now = denied.current();
        if (now == null) {
            return false;
        }
        if (act == Act.APPROVE) {
            return now.approvals().stream()
                    .anyMatch(given -> given.by().equals(principal) && version != null && given.version() == version);
        }
        Trace last = lastOfPeople(now);
        return last != null && last.act() == act && last.by().equals(principal);
    }

    private static @Nullable Trace lastOfPeople(Warning warning) {
        Trace last = null;
        for (Trace trace : warning.history()) {
            if (!trace.by().equals(Deed.GATEWAY)) {
                last = trace;
            }
        }
        return last;
    }

    private static String act(Act act, Phrases phrases) {
        return phrases.of("watch.act." + act.word());
    }

    private static String state(@Nullable Warning warning, Phrases phrases) {
        return warning == null ? "" : phrases.of("base.state." + warning.state().word());
    }
}
