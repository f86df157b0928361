package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tocsin.channel.Evidence;
import org.tocsin.channel.Reason;
import org.tocsin.channel.Receipt;

/** What each terminal reported last, since the start. May be used by any thread. */
public final class TerminalReports {
    private static final int MOST = 100_000;

    /**
     * A terminal's last report.
     *
     * @param at when it came
     * @param evidence what it proves
     * @param reason why it failed; null unless it did
     * @param code the terminal's own code
     */
    public record Last(Instant at, Evidence evidence, @Nullable Reason reason, String code) {}

    private final Map<String, Last> byCode = new LinkedHashMap<>();

    synchronized void note(Receipt receipt, Instant now) {
        String code = receipt.address();
        if (code != null && (byCode.size() < MOST || byCode.containsKey(code))) {
            byCode.put(code, new Last(now, receipt.evidence(), receipt.reason(), receipt.code()));
        }
    }

    /** What the terminal of a code reported last; empty where it did not since the start. */
    public synchronized Optional<Last> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }
}
