package org.tocsin.gateway.dispatch;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one link spends in the running month: accepted pieces at the link's price, added to what is kept now and then,
 * so that a crash loses the count of some seconds. An aid, no invoice. {@link #note} is for one thread, the rest for
 * any.
 */
final class LinkSpending {
    private static final Logger LOG = LoggerFactory.getLogger(LinkSpending.class);
    private static final double WARN_SHARE = 0.8;
    private static final int THRIFTY_LANE = 3;

    private final String link;
    private final LinkTerms terms;
    private final Spends spends;
    private final ZoneId zone;
    private long counted;
    private YearMonth month = YearMonth.of(1, 1);
    private boolean warned;
    private volatile long spent;
    private volatile boolean over;

    LinkSpending(String link, LinkTerms terms, Spends spends, ZoneId zone) {
        this.link = link;
        this.terms = terms;
        this.spends = spends;
        this.zone = zone;
    }

    /** Adds what was accepted since the last time; {@code segments} are all since the start. Blocks on the store. */
    void note(long segments, Instant now) {
        if (terms.terms().price() == 0) {
            return;
        }
        YearMonth running = YearMonth.from(now.atZone(zone));
        long more = (segments - counted) * terms.terms().price();
        if (running.equals(month) && more == 0) {
            return;
        }
        spent = spends.add(link, running, more);
        counted = segments;
        if (!running.equals(month)) {
            month = running;
            warned = false;
        }
        over = terms.monthlyLimit() > 0 && spent >= terms.monthlyLimit();
        if (!warned && isNear()) {
            warned = true;
            LOG.warn(
                    "link {}: {} % of this month's spending limit is used; beyond it levels III and IV go by other links or"
                            + " wait",
                    link, 100 * spent / terms.monthlyLimit());
        }
    }

    /** What was spent in the running month, in thousandths of the currency's unit. */
    long spent() {
        return spent;
    }

    /** Whether most of the limit is used. */
    boolean isNear() {
        return terms.monthlyLimit() > 0 && spent >= WARN_SHARE * terms.monthlyLimit();
    }

    /** Whether the limit keeps a lane from going: levels I and II only where the county says so. */
    boolean holds(int lane) {
        return over && (lane >= THRIFTY_LANE || terms.limitStopsAll());
    }
}
